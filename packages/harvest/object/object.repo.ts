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
  /** `compare`: its content, once fetched, will tell. */
  action: 'create' | 'update' | 'compare' | 'delete';
  /** Why. */
  reason: string;
}

/**
 * Adds records to a job, with their work, in one statement each for a whole batch. A record whose id is there
 * already stays as it is.
 * @returns ids of the records that were new
 */
export async function insertObjects(
  tx: Tx,
  job: { jobId: string; sourceId: string; now: string },
  objects: NewObject[],
): Promise<Set<string>> {
  const column = <Key extends keyof NewObject>(key: Key) => objects.map((object) => object[key]);
  const inserted = await tx.rows<{ id: string }>(
    `INSERT INTO harvest_object (id, guid, current, gathered, content, state, retry_times, harvest_job_id, harvest_source_id,
                                 package_id, report_status, fetch_started, fetch_finished, import_started, import_finished)
     SELECT id, guid, false, $3, content, CASE WHEN done THEN 'COMPLETE' ELSE 'WAITING' END, 0, $1, $2, package_id,
            CASE WHEN done THEN 'not modified' END, CASE WHEN done THEN $3::timestamp END, CASE WHEN done THEN $3::timestamp END,
            CASE WHEN done THEN $3::timestamp END, CASE WHEN done THEN $3::timestamp END
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[]) AS n(id, guid, content, package_id, done)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      job.jobId,
      job.sourceId,
      job.now,
      column('id'),
      column('guid'),
      column('content'),
      column('packageId'),
      column('unchanged'),
    ],
  );
  const fresh = new Set(inserted.map(({ id }) => id));
  const open = objects.filter(({ id, unchanged }) => fresh.has(id) && !unchanged);
  if (open.length === 0) return fresh;
  await tx.rows(
    `INSERT INTO portolan.harvest_object_state (object_id, content_hash, remote_modified, planned, reason)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
    [
      open.map(({ id }) => id),
      open.map(({ contentHash }) => contentHash),
      open.map(({ remoteModified }) => remoteModified),
      open.map(({ action }) => action),
      open.map(({ reason }) => reason),
    ],
  );
  await tx.rows(
    `INSERT INTO portolan.harvest_work (object_id, job_id, action)
     SELECT id, $1, action FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS n(id, action, i) ORDER BY i`,
    [job.jobId, open.map(({ id }) => id), open.map(({ action }) => (action === 'delete' ? action : null))],
  );
  await addExtras(tx, open);
  return fresh;
}

async function addExtras(tx: Tx, objects: Pick<NewObject, 'id' | 'extras'>[]): Promise<void> {
  const extras = objects.flatMap(({ id, extras }) =>
    Object.entries(extras).map(([key, value]) => ({ id, key, value })),
  );
  if (extras.length === 0) return;
  await tx.rows(
    `INSERT INTO harvest_object_extra (id, harvest_object_id, key, value)
     SELECT gen_random_uuid()::text, * FROM unnest($1::text[], $2::text[], $3::text[])`,
    [extras.map(({ id }) => id), extras.map(({ key }) => key), extras.map(({ value }) => value)],
  );
}

export interface CurrentObject {
  id: string;
  guid: string;
  package_id: string | null;
  content_hash: string | null;
  remote_modified: string | null;
}

/** The current objects of a source, with what is remembered of their import. */
export function currentObjects(sql: Sql, sourceId: string, guids: string[]): Promise<CurrentObject[]> {
  return sql.prepared<CurrentObject>(
    'harvest_current_objects',
    `SELECT DISTINCT ON (o.guid) o.id, o.guid, o.package_id, t.content_hash, t.remote_modified
     FROM harvest_object o LEFT JOIN portolan.harvest_object_state t ON t.object_id = o.id
     WHERE o.guid = ANY ($2) AND o.harvest_source_id = $1 AND o.current
     ORDER BY o.guid, o.import_finished DESC NULLS LAST`,
    [sourceId, guids],
  );
}

export interface ClaimedObject {
  id: string;
  guid: string;
  content: string | null;
  package_id: string | null;
  retry_times: number;
  action: 'delete' | null;
  state: string;
  extras: Record<string, string>;
}

/**
 * Takes up to `limit` open records of a job for `claimant`: those that nobody has, those it had in an earlier
 * attempt, and those whose claimant has shown no life since `staleBefore`.
 */
export async function claimObjects(
  tx: Tx,
  claim: { jobId: string; claimant: string; now: string; staleBefore: string; limit: number },
): Promise<ClaimedObject[]> {
  const claimed = await tx.rows<{ object_id: string; action: 'delete' | null; position: number }>(
    `UPDATE portolan.harvest_work w SET claimed_by = $2, heartbeat = $3
     FROM (SELECT object_id FROM portolan.harvest_work
           WHERE job_id = $1 AND (claimed_by IS NULL OR claimed_by = $2 OR heartbeat < $4)
           ORDER BY position LIMIT $5 FOR UPDATE SKIP LOCKED) AS mine
     WHERE w.object_id = mine.object_id RETURNING w.object_id, w.action, w.position`,
    [claim.jobId, claim.claimant, claim.now, claim.staleBefore, claim.limit],
  );
  if (claimed.length === 0) return [];
  const rows = await tx.rows<Omit<ClaimedObject, 'action' | 'extras'>>(
    `UPDATE harvest_object SET retry_times = coalesce(retry_times, 0) + 1,
       state = CASE WHEN state IN ('COMPLETE', 'ERROR') THEN state ELSE 'FETCH' END,
       fetch_started = CASE WHEN state IN ('COMPLETE', 'ERROR') THEN fetch_started ELSE $2 END
     WHERE id = ANY ($1)
     RETURNING id, guid, coalesce(content, portolan.harvest_content(id)) AS content, package_id, retry_times, state`,
    [claimed.map(({ object_id }) => object_id), claim.now],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const extras = await extrasOf(tx, [...byId.keys()]);
  return claimed
    .sort((a, b) => a.position - b.position)
    .flatMap(({ object_id, action }) => {
      const row = byId.get(object_id);
      return row ? [{ ...row, guid: row.guid ?? '', action, extras: extras.get(object_id) ?? {} }] : [];
    });
}

/** Takes one record that is done, to import it again; nothing when a run is at it. */
export async function claimForReimport(
  tx: Tx,
  claim: { id: string; claimant: string; now: string; staleBefore: string },
): Promise<(ClaimedObject & { harvest_job_id: string }) | undefined> {
  const mine = await tx.rows(
    `INSERT INTO portolan.harvest_work AS w (object_id, job_id, claimed_by, heartbeat)
     SELECT id, harvest_job_id, $2, $3 FROM harvest_object WHERE id = $1 AND state IN ('COMPLETE', 'ERROR')
     ON CONFLICT (object_id) DO UPDATE SET claimed_by = excluded.claimed_by, heartbeat = excluded.heartbeat
       WHERE w.claimed_by = excluded.claimed_by OR w.heartbeat < $4 RETURNING object_id`,
    [claim.id, claim.claimant, claim.now, claim.staleBefore],
  );
  if (mine.length === 0) return undefined;
  const [row] = await tx.rows<Omit<ClaimedObject, 'action' | 'extras'> & { harvest_job_id: string }>(
    `SELECT id, coalesce(guid, '') AS guid, coalesce(content, portolan.harvest_content(id)) AS content, package_id,
            retry_times, state, harvest_job_id
     FROM harvest_object WHERE id = $1`,
    [claim.id],
  );
  const extras = (await extrasOf(tx, [claim.id])).get(claim.id) ?? {};
  return row && { ...row, action: null, extras };
}

/** Gives back what a run has not come to: others may take it at once, and it does not count as an attempt. */
export async function releaseClaims(sql: Sql, jobId: string, claimant: string): Promise<void> {
  await sql.rows(
    `WITH released AS (UPDATE portolan.harvest_work SET claimed_by = NULL, heartbeat = NULL
                       WHERE job_id = $1 AND claimed_by = $2 RETURNING object_id)
     UPDATE harvest_object SET retry_times = greatest(retry_times - 1, 0), state = 'WAITING'
     WHERE id IN (SELECT object_id FROM released) AND state NOT IN ('COMPLETE', 'ERROR')`,
    [jobId, claimant],
  );
}

/**
 * Which claims still stand; their rows are locked until the transaction ends, so that nobody takes them over. The commit
 * need not wait for the disk: should the machine lose it, the records are still open, and are imported again. Whatever
 * says that a job or a run is over waits, and with it all that was committed before.
 */
export async function heldClaims(tx: Tx, objectIds: string[], claimant: string): Promise<Set<string>> {
  const rows = await tx.prepared<{ object_id: string }>(
    'harvest_held_claims',
    `SELECT object_id, set_config('synchronous_commit', 'off', true) FROM portolan.harvest_work
     WHERE object_id = ANY ($1) AND claimed_by = $2 ORDER BY object_id FOR UPDATE`,
    [objectIds, claimant],
  );
  return new Set(rows.map(({ object_id }) => object_id));
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
}

/**
 * The end of records, in one statement: their rows as clients see them, and their work gone.
 * @param when `again`: they are imported again, and state and count of their job stay what they were
 */
export async function completeObjects(
  tx: Tx,
  when: { started: string; finished: string; again: boolean },
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <Key extends keyof Outcome>(key: Key) => outcomes.map((one) => one[key] ?? null);
  await tx.rows(
    `WITH done AS (DELETE FROM portolan.harvest_work WHERE object_id = ANY ($4))
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
    ],
  );
  await addExtras(
    tx,
    outcomes.map(({ id, extras }) => ({ id, extras: extras ?? {} })),
  );
}

/** Notes what is wrong with records, of each in its order. */
export async function addObjectErrors(
  tx: Tx,
  { now, newId }: { now: string; newId: () => string },
  records: readonly { id: string; problems: readonly ObjectProblem[] }[],
): Promise<void> {
  const rows = records.flatMap(({ id, problems }) => problems.map((problem) => ({ id, problem })));
  if (rows.length === 0) return;
  await tx.prepared(
    'harvest_add_object_errors',
    `INSERT INTO harvest_object_error (id, harvest_object_id, created, message, stage, line)
     SELECT id, object, $1, message, stage, line
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[]) AS n(id, object, message, stage, line)`,
    [
      now,
      rows.map(() => newId()),
      rows.map(({ id }) => id),
      rows.map(({ problem }) => problem.message.replaceAll('\0', '')),
      rows.map(({ problem }) => problem.stage),
      rows.map(({ problem }) => problem.line ?? null),
    ],
  );
}

async function extrasOf(sql: Sql, ids: string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await sql.rows<{ id: string; extras: Record<string, string> }>(
    `SELECT harvest_object_id AS id, jsonb_object_agg(key, value) AS extras FROM harvest_object_extra
     WHERE harvest_object_id = ANY ($1) AND key IS NOT NULL GROUP BY harvest_object_id`,
    [ids],
  );
  return new Map(rows.map(({ id, extras }) => [id, extras]));
}
