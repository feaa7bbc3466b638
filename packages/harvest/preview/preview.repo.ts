import type { Sql, Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { OnceRead } from '../driver.ts';
import type { HarvestSite } from '../site.ts';
import type { PreviewedRecord, PreviewSummary } from './preview.ts';

/** A row of portolan.harvest_preview. */
export interface PreviewRow {
  id: string;
  source_id: string;
  state: 'waiting' | 'running' | 'finished' | 'failed' | 'aborted';
  record_limit: number;
  created: string;
  started: string | null;
  finished: string | null;
  gather_cursor: unknown;
  delete_missing: boolean;
  when_read: OnceRead | null;
  summary: PreviewSummary | null;
  detail_size: number;
  error: string | null;
}

const day = 86_400_000;
/** Days after its end that a preview can be read. */
const kept = 7;
/** Previews of one source that are kept. */
const keptOfSource = 10;

/** When a preview that has ended is forgotten; null for one that has not. */
export const expiryOf = ({ finished }: PreviewRow): string | null =>
  finished === null ? null : timestamp(Date.parse(`${finished.replace(' ', 'T')}Z`) + kept * day);

const expired = (now: number) => timestamp(now - kept * day);

/** By its id, or the newest of a source by the source's id or name. */
export async function findPreview(sql: Sql, reference: string, now: number): Promise<PreviewRow | undefined> {
  const [row] = await sql.rows<PreviewRow>(
    `SELECT v.* FROM portolan.harvest_preview v LEFT JOIN package p ON p.id = v.source_id
     WHERE (v.id = $1 OR v.source_id = $1 OR p.name = $1) AND coalesce(v.finished > $2, true)
     ORDER BY v.id = $1 DESC, v.source_id = $1 DESC, v.created DESC LIMIT 1`,
    [reference, expired(now)],
  );
  return row;
}

/** Asks for a preview; while one of the source with the same limit is under way, that is the one. @returns its id */
export async function requestPreview(
  tx: Tx,
  site: Pick<HarvestSite, 'runtime' | 'enqueue'>,
  sourceId: string,
  limit: number,
): Promise<string> {
  const now = site.runtime.now();
  const [row] = await tx.rows<{ id: string }>(
    `INSERT INTO portolan.harvest_preview AS v (id, source_id, record_limit, created) VALUES ($1, $2, $3, $4)
     ON CONFLICT (source_id, record_limit) WHERE state IN ('waiting', 'running')
     DO UPDATE SET record_limit = v.record_limit RETURNING id`,
    [site.runtime.id(), sourceId, limit, timestamp(now)],
  );
  await tx.rows(
    `DELETE FROM portolan.harvest_preview WHERE finished IS NOT NULL AND id IN (
       SELECT id FROM portolan.harvest_preview WHERE source_id = $1 ORDER BY created DESC, id OFFSET ${keptOfSource})`,
    [sourceId],
  );
  const id = row?.id ?? '';
  await site.enqueue(tx, 'harvest.preview', id);
  return id;
}

export interface PreviewPage {
  action: PreviewedRecord['action'] | undefined;
  limit: number;
  offset: number;
}

/** Records of a preview in the order in which they became known. Those whose details found no room have the GUID alone. */
export async function previewRecords(sql: Sql, id: string, page: PreviewPage): Promise<PreviewedRecord[]> {
  const rows = await sql.rows<{
    guid: string;
    action: PreviewedRecord['action'];
    detail: Omit<PreviewedRecord, 'guid' | 'action'> | null;
  }>(
    `SELECT guid, action, detail FROM portolan.harvest_preview_record
     WHERE preview_id = $1 AND ($2::text IS NULL OR action = $2) ORDER BY position LIMIT $3 OFFSET $4`,
    [id, page.action ?? null, page.limit, page.offset],
  );
  return rows.map(({ guid, action, detail }) => ({
    guid,
    action,
    ...(detail ?? { title: null, reason: '', changes: [], problems: [] }),
  }));
}

/** Ends a preview, unless it has ended. @returns whether it was this that ended it */
export async function closePreview(
  tx: Tx,
  id: string,
  end: { state: 'finished' | 'failed' | 'aborted'; now: number; error?: string },
): Promise<boolean> {
  const rows = await tx.rows(
    `UPDATE portolan.harvest_preview SET state = $2, finished = $3, error = $4, gather_cursor = NULL
     WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
    [id, end.state, timestamp(end.now), end.error ?? null],
  );
  return rows.length > 0;
}

/** Previews of a source, or of all, that have not ended. */
export async function openPreviews(sql: Sql, sourceId?: string): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT id FROM portolan.harvest_preview
     WHERE state IN ('waiting', 'running') AND ($1::text IS NULL OR source_id = $1) ORDER BY created`,
    [sourceId ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Records of one transaction. */
const batch = 5000;

/** Forgets previews a week after their end. @returns how many records and previews are gone */
export async function forgetOldPreviews(
  { db, runtime }: Pick<HarvestSite, 'db' | 'runtime'>,
  signal?: AbortSignal,
): Promise<number> {
  const old = await db.rows<{ id: string }>(
    `SELECT id FROM portolan.harvest_preview WHERE finished <= $1 ORDER BY finished`,
    [expired(runtime.now())],
  );
  let gone = 0;
  for (const { id } of old) {
    for (let some = batch; some === batch && !signal?.aborted; gone += some)
      some = (
        await db.transact((tx) =>
          tx.rows(
            `DELETE FROM portolan.harvest_preview_record WHERE (preview_id, position) IN (
               SELECT preview_id, position FROM portolan.harvest_preview_record WHERE preview_id = $1 LIMIT ${batch})
             RETURNING position`,
            [id],
          ),
        )
      ).length;
    if (signal?.aborted) return gone;
    await db.transact((tx) => tx.rows(`DELETE FROM portolan.harvest_preview WHERE id = $1`, [id]));
    gone++;
  }
  return gone;
}
