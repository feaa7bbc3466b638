import type { Tx } from '@portolan/db';
import { defineJob, enqueue } from '@portolan/queue';

/** Does nothing but say so in its log: whether jobs are done can be seen by it. */
export const testJob = defineJob({
  name: 'test',
  queue: 'default',
  concurrency: 1,
  timeout: 60_000,
  maxAttempts: 1,
  run: (context) => context.log('info', 'The test job was done'),
});

export async function enqueueTestJob(tx: Tx): Promise<{ id: number; queue: string }> {
  const id = await enqueue(tx, testJob, { key: '', idempotencyKey: null });
  return { id, queue: testJob.queue };
}
