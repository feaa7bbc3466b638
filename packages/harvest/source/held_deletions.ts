import type { Sql, Tx } from '@portolan/db';
import { lockNames } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import { deletion } from '../gather/deletions.ts';
import { createJob } from '../job/start.ts';
import { insertObjects } from '../object/object.repo.ts';
import type { HarvestSite } from '../site.ts';

export interface HeldDeletion {
  source_id: string;
  job_id: string;
  guid: string;
  package_id: string;
  name: string | null;
  title: string | null;
  created: string;
}

/** All that is held of a source or, since a later job may hold others, what one job of it held. */
export interface Holding {
  sourceId: string;
  jobId?: string | undefined;
}

/** Deletions that the guard holds back, by source and GUID. */
export function heldDeletions(
  sql: Sql,
  filter: { sourceId: string | undefined; limit: number; offset: number },
): Promise<HeldDeletion[]> {
  return sql.rows<HeldDeletion>(
    `SELECT h.source_id, h.job_id, h.guid, h.package_id, p.name, p.title, h.created
     FROM portolan.harvest_held_deletion h LEFT JOIN package p ON p.id = h.package_id
     WHERE $1::text IS NULL OR h.source_id = $1 ORDER BY h.source_id, h.guid LIMIT $2 OFFSET $3`,
    [filter.sourceId ?? null, filter.limit, filter.offset],
  );
}

/** Gives held deletions up. @returns how many there were; the next complete listing decides anew */
export async function dismissDeletions(tx: Tx, { sourceId, jobId }: Holding): Promise<number> {
  const dismissed = await tx.rows(
    `DELETE FROM portolan.harvest_held_deletion WHERE source_id = $1 AND ($2::text IS NULL OR job_id = $2)
     RETURNING guid`,
    [sourceId, jobId ?? null],
  );
  return dismissed.length;
}

/** Held deletions that a release would do: not of records that have become another source's since. */
const releasable = (sql: Sql, { sourceId, jobId }: Holding) =>
  sql.rows<{ guid: string; package_id: string }>(
    `SELECT h.guid, h.package_id FROM portolan.harvest_held_deletion h
     WHERE h.source_id = $1 AND ($2::text IS NULL OR h.job_id = $2) AND EXISTS (
       SELECT FROM harvest_object o WHERE o.package_id = h.package_id AND o.current AND o.harvest_source_id = $1)
     ORDER BY h.guid`,
    [sourceId, jobId ?? null],
  );

/** How many deletions a release would do. */
export const countReleasable = async (sql: Sql, holding: Holding): Promise<number> =>
  (await releasable(sql, holding)).length;

/**
 * Makes a job of held deletions and nothing else. Records that have become another source's since are left out.
 * @throws PortolanError `validation` when the source is busy, frozen or inactive
 */
export async function releaseDeletions(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime' | 'enqueue'>,
  holding: Holding,
): Promise<{ released: number; jobId: string | undefined }> {
  const { sourceId } = holding;
  await lockNames(tx, 'harvest_source', [sourceId]);
  const held = await releasable(tx, holding);
  if (held.length === 0) {
    await dismissDeletions(tx, holding);
    return { released: 0, jobId: undefined };
  }
  const { id: jobId } = await createJob(tx, site, sourceId, { run: false, byHand: true });
  const now = timestamp(site.runtime.now());
  for (let at = 0; at < held.length; at += 1000)
    await insertObjects(tx, { jobId, sourceId, now }, held.slice(at, at + 1000).map(deletion(jobId)));
  // Nothing was listed, so no later job may build on this one: `gather_complete` stays false.
  await tx.rows(
    `UPDATE harvest_job SET status = 'Running', gather_started = $2, gather_finished = $2 WHERE id = $1`,
    [jobId, now],
  );
  await dismissDeletions(tx, holding);
  await site.enqueue(tx, 'harvest.import', jobId);
  return { released: held.length, jobId };
}
