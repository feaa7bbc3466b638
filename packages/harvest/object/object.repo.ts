import type { Sql, Tx } from '@portolan/db';
import type { ObjectProblem } from '../driver.ts';

export interface NewObject {
  id: string;
  guid: string;
  content: string | null;
  contentHash: string | null;
  remoteModified: string | null;
  extras: Record<string, string>;
  /** Set for a record that is gone from the source. */
  packageId: string | null;
  /** Done already: nothing has changed since the last import. */
  unchanged: boolean;
  /** Where in the listing it stands, from 1. */
  listed?: number;
  /** `compare`: its content, once fetched, will tell. */
  action: 'create' | 'update' | 'compare' | 'delete';
  /** Why. */
  reason: string;
}

/**
 * Adds records to a job, with their work, in one statement for a whole batch. A record whose id is there already stays
 * as it is. What is to be deleted comes before all others, so that its name is free for them.
 * @returns ids of the records that were new
 */
export async function insertObjects(
  tx: Tx,
  job: { jobId: string; sourceId: string; now: string },
  objects: NewObject[],
): Promise<Set<string>> {
  const column = <Key extends keyof NewObject>(key: Key) => objects.map((object) => object[key]);
  const extras = objects.filter(({ unchanged }) => !unchanged).flatMap(extraRows);
  const inserted = await tx.rows<{ id: string }>(
    `WITH n AS MATERIALIZED (
       SELECT * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::text[], $11::text[],
           $12::text[], $16::bigint[]) WITH ORDINALITY
         AS n(id, guid, content, package_id, done, content_hash, remote_modified, action, reason, listed, i)
     ), fresh AS (
       INSERT INTO harvest_object (id, guid, current, gathered, content, state, retry_times, harvest_job_id, harvest_source_id,
                                   package_id, report_status, fetch_started, fetch_finished, import_started, import_finished)
       SELECT id, guid, false, $3, content, CASE WHEN done THEN 'COMPLETE' ELSE 'WAITING' END, 0, $1, $2, package_id,
              CASE WHEN done THEN 'not modified' END, CASE WHEN done THEN $3::timestamp END, CASE WHEN done THEN $3::timestamp END,
              CASE WHEN done THEN $3::timestamp END, CASE WHEN done THEN $3::timestamp END
       FROM n ORDER BY i ON CONFLICT (id) DO NOTHING RETURNING id
     ), open AS MATERIALIZED (
       SELECT n.* FROM n JOIN fresh ON fresh.id = n.id WHERE NOT n.done
     ), states AS (
       INSERT INTO portolan.harvest_object_state (object_id, content_hash, remote_modified, planned, reason)
       SELECT id, content_hash, remote_modified, action, reason FROM open ON CONFLICT DO NOTHING
     ), work AS (
       INSERT INTO portolan.harvest_work (object_id, job_id, action, listed, position) OVERRIDING SYSTEM VALUE
       SELECT id, $1, CASE WHEN action = 'delete' THEN action END, listed,
         CASE WHEN action = 'delete' THEN 0 ELSE nextval(pg_get_serial_sequence('portolan.harvest_work', 'position')) END
       FROM (SELECT * FROM open ORDER BY i) AS open
     ), extras AS (
       INSERT INTO harvest_object_extra (id, harvest_object_id, key, value)
       SELECT gen_random_uuid()::text, e.id, e.key, e.value FROM unnest($13::text[], $14::text[], $15::text[]) AS e(id, key, value)
       JOIN open ON open.id = e.id
     )
     SELECT id FROM fresh`,
    [
      job.jobId,
      job.sourceId,
      job.now,
      column('id'),
      column('guid'),
      column('content'),
      column('packageId'),
      column('unchanged'),
      column('contentHash'),
      column('remoteModified'),
      column('action'),
      column('reason'),
      extras.map(({ id }) => id),
      extras.map(({ key }) => key),
      extras.map(({ value }) => value),
      objects.map(({ listed }) => listed ?? null),
    ],
  );
  return new Set(inserted.map(({ id }) => id));
}

const extraRows = ({ id, extras }: Pick<NewObject, 'id' | 'extras'>) =>
  Object.entries(extras).map(([key, value]) => ({ id, key, value }));

export interface CurrentObject {
  id: string;
  guid: string;
  package_id: string | null;
  content_hash: string | null;
  remote_modified: string | null;
  /** Others with its GUID are current for other datasets. */
  several?: boolean | null;
}

/** The current objects of a source, with what is remembered of their import. */
export function currentObjects(sql: Sql, sourceId: string, guids: string[]): Promise<CurrentObject[]> {
  return sql.prepared<CurrentObject>(
    'harvest_current_objects',
    `SELECT DISTINCT ON (o.guid) o.id, o.guid, o.package_id, t.content_hash, t.remote_modified,
       max(o.package_id) OVER same <> min(o.package_id) OVER same AS several
     FROM harvest_object o LEFT JOIN portolan.harvest_object_state t ON t.object_id = o.id
     WHERE o.guid = ANY ($2) AND o.harvest_source_id = $1 AND o.current
     WINDOW same AS (PARTITION BY o.guid)
     ORDER BY o.guid, o.import_finished DESC NULLS LAST`,
    [sourceId, guids],
  );
}

/** How a record ends; what is not given stays as it is. */
export interface Outcome {
  id: string;
  state: 'COMPLETE' | 'ERROR';
  reportStatus: 'added' | 'updated' | 'not modified' | 'deleted' | 'errored';
  packageId?: string | undefined;
  current?: boolean | undefined;
  content?: string | undefined;
  guid?: string | undefined;
  metadataDate?: string | undefined;
  extras?: Record<string, string> | undefined;
  /** Why what was done was done, where it turned out otherwise than planned. */
  reason?: string | undefined;
  /** The record that has its text; it is locked. */
  holder?: string | undefined;
}

/**
 * The end of records, in one statement: their rows as clients see them, what they bring, why,
 * and their work gone.
 * @param when `again`: they are imported again, and state and count of their job stay what they were
 */
export async function completeObjects(
  tx: Tx,
  when: { started: string; finished: string; again: boolean },
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <Key extends keyof Outcome>(key: Key) => outcomes.map((one) => one[key] ?? null);
  const extras = outcomes.flatMap(({ id, extras }) => extraRows({ id, extras: extras ?? {} }));
  await tx.rows(
    `WITH done AS (DELETE FROM portolan.harvest_work WHERE object_id = ANY ($4)), told AS (
       UPDATE portolan.harvest_object_state t SET reason = n.reason
       FROM unnest($4::text[], $12::text[]) AS n(id, reason)
       WHERE t.object_id = n.id AND t.reason IS DISTINCT FROM n.reason AND n.reason IS NOT NULL
     ), sharing AS (
       INSERT INTO portolan.harvest_same_content (object_id, holder_id)
       SELECT id, holder FROM unnest($4::text[], $13::text[]) AS n(id, holder) WHERE holder IS NOT NULL
       ON CONFLICT (object_id) DO NOTHING
     ), extras AS (
       INSERT INTO harvest_object_extra (id, harvest_object_id, key, value)
       SELECT gen_random_uuid()::text, * FROM unnest($14::text[], $15::text[], $16::text[])
     )
     UPDATE harvest_object o SET state = CASE WHEN $3 THEN o.state ELSE n.state END,
       report_status = CASE WHEN $3 THEN coalesce(o.report_status, n.report_status) ELSE n.report_status END,
       package_id = coalesce(n.package_id, o.package_id), current = coalesce(n.current, o.current),
       content = coalesce(n.content, o.content), fetch_finished = coalesce(o.fetch_finished, $1),
       import_started = $1, import_finished = $2, guid = coalesce(n.guid, o.guid),
       metadata_modified_date = coalesce(n.metadata_date, o.metadata_modified_date)
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::text[], $10::text[], $11::timestamp[])
       AS n(id, state, report_status, package_id, current, content, guid, metadata_date)
     WHERE o.id = n.id`,
    [
      when.started,
      when.finished,
      when.again,
      column('id'),
      column('state'),
      column('reportStatus'),
      column('packageId'),
      column('current'),
      column('content'),
      column('guid'),
      column('metadataDate'),
      column('reason'),
      column('holder'),
      extras.map(({ id }) => id),
      extras.map(({ key }) => key),
      extras.map(({ value }) => value),
    ],
  );
}

/** Notes what is wrong with records, of each in its order, which its times tell: a microsecond lies between two. */
export async function addObjectErrors(
  tx: Tx,
  { now, newId }: { now: string; newId: () => string },
  records: readonly { id: string; problems: readonly ObjectProblem[] }[],
): Promise<void> {
  const rows = records.flatMap(({ id, problems }) =>
    problems.map((problem, position) => ({ id, problem, position })),
  );
  if (rows.length === 0) return;
  await tx.prepared(
    'harvest_add_object_errors',
    `INSERT INTO harvest_object_error (id, harvest_object_id, created, message, stage, line)
     SELECT id, object, $1::timestamp + position * interval '1 microsecond', message, stage, line
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[])
       AS n(id, object, message, stage, line, position)`,
    [
      now,
      rows.map(() => newId()),
      rows.map(({ id }) => id),
      rows.map(({ problem }) => problem.message.replaceAll('\0', '')),
      rows.map(({ problem }) => problem.stage),
      rows.map(({ problem }) => problem.line ?? null),
      rows.map(({ position }) => position),
    ],
  );
}
