import type { Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { HarvestSite, JobRun } from '../site.ts';
import { findSource, type Source } from '../source/source.repo.ts';
import { closePreview, type PreviewRow } from './preview.repo.ts';
import { type Previewed, type PreviewStanding, previewBegun } from './preview.ts';

/** Records that are held in memory, and for how many milliseconds at most. */
const heldRecords = 50;
const heldTime = 2000;
/** Characters of details that are kept of one preview. */
const mostDetail = 64 * 2 ** 20;

/** Whether some of a preview's records were only counted. */
export const isAbridged = ({ detail_size }: Pick<PreviewRow, 'detail_size'>): boolean =>
  detail_size > mostDetail;

/** The preview was aborted, or is gone with its source: nothing more is to be said of it. */
export class PreviewOver extends Error {}

export interface RecordStore {
  source: Source;
  limit: number;
  standing: PreviewStanding;
  add(previewed: Previewed): Promise<void>;
  /** Stores what is held, and how far the listing has been read. */
  reached(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Makes a preview this process's own: a new one, or one that another process has left behind, with all that is known of it.
 * @returns undefined when there is nothing to do
 */
export function openRecordStore(
  site: HarvestSite,
  run: JobRun,
  id: string,
): Promise<RecordStore | undefined> {
  return site.db.transact(async (tx) => {
    await run.fence(tx);
    const [row] = await tx.rows<PreviewRow>(
      `UPDATE portolan.harvest_preview SET state = 'running', started = coalesce(started, $2)
       WHERE id = $1 AND state IN ('waiting', 'running') RETURNING *`,
      [id, timestamp(site.runtime.now())],
    );
    const source = row && (await findSource(tx, row.source_id));
    if (!row || !source) return undefined;
    const { standing, position } = await standingOf(tx, row);
    return {
      source,
      limit: row.record_limit,
      standing,
      ...recordStore(site, run, id, standing, { position, detailSize: row.detail_size }),
    };
  });
}

async function standingOf(tx: Tx, row: PreviewRow): Promise<{ standing: PreviewStanding; position: number }> {
  const standing = previewBegun();
  standing.cursor = row.gather_cursor ?? undefined;
  standing.deleteMissing = row.delete_missing;
  standing.onceRead = row.when_read ?? undefined;
  standing.summary.gather_errors = row.summary?.gather_errors ?? [];
  // Which records are missing is found out anew once the listing has been read to its end.
  await tx.rows(`DELETE FROM portolan.harvest_preview_record WHERE preview_id = $1 AND action = 'delete'`, [
    row.id,
  ]);
  const page = 5000;
  let position = 0;
  for (;;) {
    const rows = await tx.rows<{
      position: number;
      guid: string;
      listed_as: string | null;
      action: Previewed['record']['action'];
    }>(
      `SELECT position, guid, listed_as, action FROM portolan.harvest_preview_record
       WHERE preview_id = $1 AND position > $2 ORDER BY position LIMIT ${page}`,
      [row.id, position],
    );
    for (const { guid, listed_as, action } of rows) {
      standing.listed.add(listed_as ?? guid);
      standing.seen.add(guid);
      standing.summary[action]++;
    }
    position = rows.at(-1)?.position ?? position;
    if (rows.length < page) return { standing, position };
  }
}

function recordStore(
  site: HarvestSite,
  run: JobRun,
  id: string,
  standing: PreviewStanding,
  stored: { position: number; detailSize: number },
): Pick<RecordStore, 'add' | 'reached' | 'end'> {
  let held: Previewed[] = [];
  let heldSince = site.runtime.now();

  const store = (also?: (tx: Tx) => Promise<void>) =>
    site.db.transact(async (tx) => {
      await run.fence(tx);
      const { rows, detailSize } = rowsOf(held, stored.detailSize);
      const ours = await tx.rows(
        `UPDATE portolan.harvest_preview SET summary = $2, detail_size = $3 WHERE id = $1 AND state = 'running' RETURNING id`,
        [id, storable(standing.summary), detailSize],
      );
      if (ours.length === 0) throw new PreviewOver(`preview ${id} has been ended`);
      await tx.rows(
        `INSERT INTO portolan.harvest_preview_record (preview_id, position, guid, listed_as, action, detail)
         SELECT $1, $2 + r.ordinality, r.guid, r.listed_as, r.action, r.detail
         FROM unnest($3::text[], $4::text[], $5::text[], $6::jsonb[])
           WITH ORDINALITY AS r (guid, listed_as, action, detail, ordinality)`,
        [
          id,
          stored.position,
          rows.map(({ guid }) => guid),
          rows.map(({ listedAs }) => listedAs),
          rows.map(({ action }) => action),
          rows.map(({ detail }) => detail),
        ],
      );
      await also?.(tx);
      tx.afterCommit(() => {
        stored = { position: stored.position + rows.length, detailSize };
        held = [];
        heldSince = site.runtime.now();
      });
    });

  return {
    async add(previewed) {
      held.push(previewed);
      if (held.length >= heldRecords || site.runtime.now() - heldSince >= heldTime) await store();
    },
    reached: () =>
      store(async (tx) => {
        await tx.rows(
          `UPDATE portolan.harvest_preview SET gather_cursor = $2, delete_missing = $3, when_read = $4 WHERE id = $1`,
          [
            id,
            JSON.stringify(standing.cursor ?? null),
            standing.deleteMissing,
            standing.onceRead ? JSON.stringify(standing.onceRead) : null,
          ],
        );
      }),
    end: () =>
      store(async (tx) => {
        await closePreview(tx, id, { state: 'finished', now: site.runtime.now() });
      }),
  };
}

interface RecordRow {
  guid: string;
  listedAs: string | null;
  action: Previewed['record']['action'];
  detail: string | null;
}

function rowsOf(held: Previewed[], size: number): { rows: RecordRow[]; detailSize: number } {
  let detailSize = size;
  const rows = held.map(({ record: { guid, action, ...rest }, listedAs }): RecordRow => {
    const detail = storable(rest);
    // One too many is enough to tell that there were more.
    const fits = detailSize <= mostDetail;
    if (fits) detailSize += detail.length;
    return {
      guid: plain(guid),
      listedAs: listedAs === guid ? null : plain(listedAs),
      action,
      detail: fits ? detail : null,
    };
  });
  return { rows, detailSize };
}

/** PostgreSQL's text holds no NUL, and no half of a surrogate pair. */
const plain = (text: string): string => text.toWellFormed().replaceAll('\0', '');

const storable = (value: object): string =>
  JSON.stringify(value, (_, part) => (typeof part === 'string' ? plain(part) : part));
