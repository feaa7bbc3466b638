import type { Site } from '../action/call.ts';
import { catchUpOldest, datasetsAtOnce } from './catch_up.ts';

/** Transactions at a time: while PostgreSQL is at one, the documents of another are made. */
const width = 2;

/**
 * Works off what waits in the outbox and puts the index in order. `settled` is told of each batch, and answers whether
 * to go on; what others are at is left to them.
 */
export async function workOffBacklog(site: Site, settled: (rows: number) => boolean): Promise<void> {
  let goesOn = true;
  const work = async () => {
    for (let rows = 1; rows > 0 && goesOn; ) {
      rows = await catchUpOldest(site, datasetsAtOnce);
      goesOn = settled(rows) && goesOn;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: width }, work));
  await site.search.putInOrder(site.db);
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
}
