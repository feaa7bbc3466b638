import type { Db } from '@portolan/db';
import type { Logger } from '@portolan/kernel';
import { startLoop } from './loop.ts';

export interface Listener {
  close(): Promise<void>;
}

/** Milliseconds between attempts to get a lost connection back. */
const retry = 250;

/**
 * Hears notifications on a connection of its own, which is replaced whenever it is lost. They are hints: what
 * was said while there was no connection is gone, so `hear` is also called after every (re)connection.
 */
export function listen(db: Db, channel: string, hear: () => void, logger: Logger): Listener {
  let closed = false;
  let end: (() => Promise<void>) | undefined;

  const loop = startLoop({
    name: `listening for ${channel}`,
    logger,
    interval: retry,
    async round() {
      const session = await db.session();
      if (closed) return void (await session.end());
      const lost = new Promise<void>((resolve) => {
        session.once('end', resolve);
        session.once('error', () => resolve());
      });
      end = () => session.end();
      session.on('notification', hear);
      try {
        await session.query(`LISTEN ${channel}`);
        hear();
        await lost;
      } finally {
        // After an error it is ended by the server only; twice does no harm.
        await session.end().catch(() => undefined);
      }
      return undefined;
    },
  });

  return {
    async close() {
      closed = true;
      // A connection that is broken already cannot be ended properly, which is all the same now.
      await end?.().catch(() => undefined);
      await loop.stop();
    },
  };
}
