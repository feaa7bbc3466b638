import type { Sql, Tx } from '@portolan/db';

/** An open record that a run has taken for itself. */
export interface ClaimedObject {
  id: string;
  guid: string;
  content: string | null;
  package_id: string | null;
  /** How often it has been claimed, this time included. */
  retry_times: number;
  action: 'delete' | null;
  /** Where in the listing it stood, from 1, where that is known. */
  listed?: number | null;
  state: string;
  extras: Record<string, string>;
}

/** A claimed record whose content has not been read yet. */
export interface UnreadObject extends Omit<ClaimedObject, 'content'> {
  /** Bytes of its content; null for one that has none, 0 for one whose content another record holds. */
  size: number | null;
}

/** Records of a process that has died are taken by so many at a time, and by one when that has happened before. */
const onceMore = 50;

/**
 * Takes up to `limit` open records of a job for `claimant`, in one statement: those that nobody has, those it had in an
 * earlier attempt (all that it has but for `except`), and those whose claimant has shown no life since `staleBefore`.
 * Fewer, where some have been taken before: whatever ended that attempt is to end fewer of this one, and at last one
 * alone. It is a sign of life for all that the claimant has.
 */
export async function claimObjects(
  tx: Tx,
  claim: {
    jobId: string;
    claimant: string;
    now: string;
    staleBefore: string;
    limit: number;
    except: readonly string[];
  },
): Promise<UnreadObject[]> {
  const rows = await tx.rows<Omit<UnreadObject, 'extras'> & { position: number }>(
    `WITH open AS MATERIALIZED (
       SELECT w.object_id, w.action, w.position, w.listed, coalesce(o.retry_times, 0) AS tried
       FROM portolan.harvest_work w JOIN harvest_object o ON o.id = w.object_id
       WHERE w.job_id = $1 AND (w.claimed_by IS NULL OR w.claimed_by = $2 OR w.heartbeat < $4)
         AND w.object_id <> ALL ($6::text[])
       ORDER BY w.position LIMIT $5 FOR UPDATE OF w SKIP LOCKED
     ), mine AS MATERIALIZED (
       SELECT object_id, action, position, listed FROM (
         SELECT *, row_number() OVER so_far AS n, max(tried) OVER so_far AS most FROM open
         WINDOW so_far AS (ORDER BY position)) AS counted
       WHERE n <= CASE most WHEN 0 THEN $5 WHEN 1 THEN least($5, ${onceMore}) ELSE 1 END
     ), claimed AS (
       UPDATE portolan.harvest_work w SET claimed_by = $2, heartbeat = $3 FROM mine WHERE w.object_id = mine.object_id
     ), alive AS (
       UPDATE portolan.harvest_work SET heartbeat = $3 WHERE object_id = ANY ($6::text[]) AND claimed_by = $2
     )
     UPDATE harvest_object o SET retry_times = coalesce(retry_times, 0) + 1,
       state = CASE WHEN state IN ('COMPLETE', 'ERROR') THEN state ELSE 'FETCH' END,
       fetch_started = CASE WHEN state IN ('COMPLETE', 'ERROR') THEN fetch_started ELSE $3 END
     FROM mine WHERE o.id = mine.object_id
     RETURNING o.id, coalesce(o.guid, '') AS guid, o.package_id, o.retry_times, o.state, mine.action, mine.position, mine.listed,
       coalesce(octet_length(o.content),
         (SELECT 0 FROM portolan.harvest_same_content s WHERE s.object_id = o.id)) AS size`,
    [claim.jobId, claim.claimant, claim.now, claim.staleBefore, claim.limit, claim.except],
  );
  if (rows.length === 0) return [];
  const extras = await extrasOf(
    tx,
    rows.map(({ id }) => id),
  );
  return rows
    .sort((a, b) => a.position - b.position)
    .map(({ position: _, ...row }) => ({ ...row, extras: extras.get(row.id) ?? {} }));
}

/** What is read of claimed records at once, at most: records with content, bytes of it. */
const page = { records: 50, bytes: 8 * 2 ** 20 };

/** The records with their contents, which are read as they are come to. */
export async function* withContents(
  sql: Sql,
  claimed: readonly UnreadObject[],
): AsyncGenerator<ClaimedObject> {
  for (let from = 0; from < claimed.length; ) {
    const records = nextPage(claimed, from);
    from += records.length;
    const ids = records.filter(({ size }) => size !== null).map(({ id }) => id);
    const contents = await contentsOf(sql, ids);
    for (const { size: _, ...record } of records)
      yield { ...record, content: contents.get(record.id) ?? null };
  }
}

function nextPage(claimed: readonly UnreadObject[], from: number): UnreadObject[] {
  let records = 0;
  let bytes = 0;
  let to = from;
  for (const { size } of claimed.slice(from)) {
    if (size !== null) {
      records++;
      bytes += size;
    }
    if (to > from && (records > page.records || bytes > page.bytes)) break;
    to++;
  }
  return claimed.slice(from, to);
}

async function contentsOf(sql: Sql, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.rows<{ id: string; content: string | null }>(
    `SELECT id, coalesce(content, portolan.harvest_content(id)) AS content FROM harvest_object WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, content }) => [id, content]));
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

async function extrasOf(sql: Sql, ids: string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await sql.rows<{ id: string; extras: Record<string, string> }>(
    `SELECT harvest_object_id AS id, jsonb_object_agg(key, value) AS extras FROM harvest_object_extra
     WHERE harvest_object_id = ANY ($1) AND key IS NOT NULL GROUP BY harvest_object_id`,
    [ids],
  );
  return new Map(rows.map(({ id, extras }) => [id, extras]));
}
