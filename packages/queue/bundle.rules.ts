import type { Message } from './backend/backend.ts';

/** A row that waits to be handed out. */
export interface DueRow {
  id: number;
  queue: string;
  name: string;
  /** How often it was handed out, this time included. */
  enqueues: number;
}

/** As many messages as keep the slots of several workers busy; only what is beyond is bundled. */
const spread = 64;

/**
 * The messages for these rows, by queue, in the order of the rows. One row a message, unless the job allows
 * bundles and there are more rows than slots.
 * @param bundles most rows of a message, by job name; 1 where it is left out.
 */
export function messagesFor(rows: DueRow[], bundles: ReadonlyMap<string, number>): Map<string, Message[]> {
  const messages = new Map<string, Message[]>();
  for (const [queue, ofQueue] of Map.groupBy(rows, (row) => row.queue)) {
    const list: Message[] = [];
    for (const [name, ofJob] of Map.groupBy(ofQueue, (row) => row.name)) {
      const size = Math.min(bundles.get(name) ?? 1, Math.ceil(ofJob.length / spread));
      for (let start = 0; start < ofJob.length; start += size)
        list.push(message(ofJob.slice(start, start + size)));
    }
    messages.set(queue, list);
  }
  return messages;
}

function message(rows: DueRow[]): Message {
  const { id, enqueues, name } = rows[0]!;
  const others = rows.length > 1 ? `-${rows.at(-1)!.id}` : '';
  return { id: `${id}-${enqueues}${others}`, name, ids: rows.map((row) => row.id) };
}
