import type { Db } from '@portolan/db';
import type { Driver } from '../driver.ts';
import { presentJob } from '../job/job.presenter.ts';
import { findJob } from '../job/job.repo.ts';
import { addSource, type Bench, harvestBench, startJob } from './harvest_bench.ts';
import { type Listing, listedDriver } from './listed_driver.ts';

/** A source whose records a test writes down, and what comes of them. */
export interface ListedSource {
  id: string;
  /** What it lists; may be changed at any time. */
  listing: Listing;
  bench: Bench;
  /** A whole run. @returns its job */
  harvest(): Promise<Outcome>;
  outcome(job: string): Promise<Outcome>;
  /** What clients can see of its records, without what every run makes anew. */
  picture(): Promise<Record<string, unknown>[]>;
  /** Those that its records are current for. */
  datasets(state?: string): Promise<{ id: string; guid: string; name: string; notes: string }[]>;
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

async function outcomeOf(db: Db, id: string) {
  const job = await findJob(db, id);
  return { ...(await presentJob(db, job!, { summaries: true })), id };
}

let sources = 0;

/**
 * @param given what it lists at first, if not `a`, `b` and `c`
 * @param drivers that there are, if not its own alone
 */
export async function listedSource(
  db: Db,
  given: Partial<Listing> = {},
  drivers?: readonly Driver[],
): Promise<ListedSource> {
  const id = `listed-${sources++}`;
  const listing: Listing = {
    records: [{ guid: 'a' }, { guid: 'b' }, { guid: 'c' }],
    pageSize: 2,
    complete: true,
    ...given,
  };
  const bench = harvestBench(db, drivers ?? [listedDriver(listing)]);
  await addSource(db, { id, type: 'listed' });
  return {
    id,
    listing,
    bench,
    outcome: (job) => outcomeOf(db, job),
    async harvest() {
      const job = await startJob(bench.site, id);
      await bench.drain();
      return outcomeOf(db, job);
    },
    picture: () =>
      db.rows<Record<string, unknown>>(
        `SELECT o.guid, o.state, o.report_status, o.current, p.name, p.title, p.notes, p.state AS package_state,
                (SELECT count(*) FROM harvest_object c WHERE c.current AND c.package_id = p.id) AS current_for_package
         FROM harvest_object o LEFT JOIN package p ON p.id = o.package_id
         WHERE o.harvest_source_id = $1 ORDER BY o.gathered, o.guid`,
        [id],
      ),
    datasets: (state = 'active') =>
      db.rows<{ id: string; guid: string; name: string; notes: string }>(
        `SELECT p.id, o.guid, p.name, p.notes FROM harvest_object o JOIN package p ON p.id = o.package_id
         WHERE o.harvest_source_id = $1 AND o.current AND p.state = $2 ORDER BY o.guid`,
        [id, state],
      ),
  };
}

/** Counts of a job's records by what has become of them. */
export const stats = (counts: Record<string, number>) => ({
  added: 0,
  updated: 0,
  'not modified': 0,
  errored: 0,
  deleted: 0,
  ...counts,
});
