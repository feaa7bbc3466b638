import type { Call } from '../action/call.ts';
import { callerLabels } from '../authorisation/labels.ts';
import type { Place } from './cursor.rules.ts';
import { presentObjects } from './objects.ts';
import { deleteEntry, type Page, updateEntry } from './page.ts';
import { waitForChange } from './wait.ts';

export interface PageOptions {
  limit: number;
  documents: boolean;
}

interface ChangeRow {
  position: number;
  stamp: string;
  kind: string;
  id: string;
  labels: string[];
}

/** Rows looked at for one page, as a multiple of its length, when most of them are not for the caller. */
const patience = 10;

/**
 * The changes after a place that the caller may know of, each once, in the order of their commits. What changed is
 * told as it is now: a dataset that has meanwhile gone, or is hidden from the caller, is told as deleted. Who could
 * see it neither before nor after a change does not hear of that change.
 */
export async function readChanges(call: Call, after: Place, options: PageOptions): Promise<Page> {
  const held = await callerLabels(call);
  const sees = (labels: string[]) => held === undefined || labels.some((label) => held.includes(label));
  const entries: string[] = [];
  let place = after;
  let more = true;
  for (let round = 0; more && round < patience && entries.length < options.limit; round++) {
    const wanted = options.limit - entries.length;
    const rows = await call.sql.prepared<ChangeRow>(
      'feed_changes',
      `SELECT position, sequenced::text AS stamp, kind, key AS id, labels FROM portolan.change
       WHERE position > $1 ORDER BY position LIMIT $2`,
      [place.position, wanted],
    );
    more = rows.length === wanted;
    place = rows.at(-1) ?? place;
    const known = rows.filter((row) => row.kind !== 'start' && sees(row.labels));
    const presentOf = await presentObjects(call, known, options.documents);
    for (const row of known) {
      const present = presentOf(row);
      entries.push(
        present && !present.deleted && sees(present.labels)
          ? updateEntry(row.kind, present, row.position)
          : deleteEntry(row.kind, row.id, row.position),
      );
    }
  }
  return { entries, cursor: { position: place.position, stamp: place.stamp }, more };
}

/** Like `readChanges`; while there is none, waits for one, at most so many milliseconds. No connection is held. */
export async function awaitChanges(
  call: Call,
  after: Place,
  options: PageOptions,
  milliseconds: number,
): Promise<Page> {
  const end = performance.now() + milliseconds;
  for (let from = after; ; ) {
    const page = await readChanges(call, from, options);
    const left = end - performance.now();
    if (page.entries.length > 0 || left <= 0) return page;
    from = page.cursor;
    if (!page.more && !(await waitForChange(call.site, from.position, left))) return page;
  }
}
