import type { Tx } from '@portolan/db';

/** Records looked at in one transaction. */
export const batch = 500;

/**
 * Goes through a job's records by id, a transaction for each batch.
 * @param work does one batch, and answers where the next begins; nothing after the last one
 */
export const inBatches =
  (work: (tx: Tx, jobId: string, after: string) => Promise<string | undefined>) =>
  async (
    db: { transact<Result>(run: (tx: Tx) => Promise<Result>): Promise<Result> },
    jobId: string,
    fence: (tx: Tx) => Promise<void>,
  ): Promise<void> => {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const from: string = after;
      after = await db.transact(async (tx) => {
        await fence(tx);
        return work(tx, jobId, from);
      });
    }
  };
