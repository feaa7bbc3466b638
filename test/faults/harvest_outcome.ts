import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Cluster } from '../processes/cluster.ts';
import { comparable, insist } from './client.ts';
import { job } from './harvest_cluster.ts';

/** What a harvest has left behind: nothing of it may hang on what happened to the processes. By part, then by subject. */
export type Outcome = Record<string, Record<string, unknown>>;

/** A source of the portal, with an organisation of its own by the same name. */
export interface Harvested {
  name: string;
  /** Of its cycle, see `recordsAt`. */
  step: number;
  id: string;
  jobId: string;
}

/** Reads what the job has made of the source, and whether the index knows. */
export async function outcomeOf(cluster: Cluster, database: pg.Client, of: Harvested): Promise<Outcome> {
  const { stats, status } = await job(cluster, of.jobId);
  const { rows: jobs } = await database.query('SELECT FROM harvest_job WHERE source_id = $1', [of.id]);
  return {
    job: { stats, status, jobs: jobs.length },
    errors: await listed(database, errors, [of.jobId]),
    records: await listed(database, records, [of.jobId]),
    guids: await listed(database, guids, [of.id]),
    states: await listed(database, states, [of.name]),
    activities: await listed(database, activities, [of.name, of.jobId]),
    datasets: await shown(cluster, database, of.name),
    index: await found(cluster, of.name),
  };
}

const errors = `
  SELECT 'job' AS subject, array_agg(message ORDER BY message) AS value FROM harvest_gather_error
  WHERE harvest_job_id = $1 GROUP BY 1
  UNION ALL
  SELECT o.guid, array_agg(concat_ws(' ', e.stage, e.line, e.message) ORDER BY e.message) FROM harvest_object_error e
  JOIN harvest_object o ON o.id = e.harvest_object_id WHERE o.harvest_job_id = $1 GROUP BY 1`;

const records = `
  SELECT guid AS subject, array_agg(concat_ws(' ', state, report_status, current, package_id IS NOT NULL) ORDER BY state) AS value
  FROM harvest_object WHERE harvest_job_id = $1 GROUP BY 1`;

/** Each GUID is one dataset, made of one record, whatever was harvested before. */
const guids = `
  SELECT guid AS subject, concat_ws(' ', count(DISTINCT package_id), count(*) FILTER (WHERE current)) AS value
  FROM harvest_object WHERE harvest_source_id = $1 GROUP BY 1`;

const states = `
  SELECT p.name AS subject, p.state AS value FROM package p JOIN "group" g ON g.id = p.owner_org WHERE g.name = $1`;

const activities = `
  SELECT p.name AS subject, array_agg(a.activity_type ORDER BY a.timestamp) AS value
  FROM package p JOIN "group" g ON g.id = p.owner_org JOIN activity a ON a.object_id = p.id
  WHERE g.name = $1 AND a.timestamp >= (SELECT created FROM harvest_job WHERE id = $2) GROUP BY 1`;

async function listed(
  database: pg.Client,
  statement: string,
  given: string[],
): Promise<Record<string, unknown>> {
  const { rows } = await database.query<{ subject: string; value: unknown }>(statement, given);
  return Object.fromEntries(rows.map(({ subject, value }) => [subject, value]));
}

/** Its datasets as package_show gives them, by name. */
async function shown(cluster: Cluster, database: pg.Client, name: string): Promise<Record<string, unknown>> {
  const names = Object.entries(await listed(database, states, [name])).flatMap(([one, state]) =>
    state === 'active' ? [one] : [],
  );
  const datasets: Record<string, unknown> = {};
  const show = async () => {
    for (let id = names.pop(); id !== undefined; id = names.pop())
      datasets[id] = comparable((await insist(cluster, 'package_show', { id })).result);
  };
  await Promise.all(Array.from({ length: 4 }, show));
  return datasets;
}

/** The same as package_search finds them. */
async function found(cluster: Cluster, name: string): Promise<Record<string, unknown>> {
  const answer = await insist(cluster, 'package_search', { fq: `organization:${name}`, rows: 1000 });
  const { count, results } = answer.result as { count: number; results: { name: string }[] };
  return { count, ...Object.fromEntries(results.map((one) => [one.name, comparable(one)])) };
}

/** What is not as expected, in words. */
export function differencesOf(found: Outcome, expected: Outcome): string[] {
  return Object.keys(expected).flatMap((part) => {
    const [is, was] = [found[part] ?? {}, expected[part] ?? {}];
    return [...new Set([...Object.keys(is), ...Object.keys(was)])]
      .filter((subject) => !isDeepStrictEqual(is[subject], was[subject]))
      .map((subject) => `${part} ${subject}: ${printed(is[subject])} instead of ${printed(was[subject])}`);
  });
}

const printed = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? 'nothing';
