// A worker process for tests to kill or freeze. Its job says `started`, then hangs, or tries to write.
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '@portolan/db';
import { silentLogger as logger } from '@portolan/kernel';
import { defineJob, type JobSpec, type QueueConfig } from '@portolan/queue';
import { startWorker } from '@portolan/queue/storage';

interface Argument {
  config: QueueConfig;
  spec: JobSpec;
  mode: 'hang' | 'write';
}

const { config, spec, mode }: Argument = JSON.parse(process.argv[2]!);
const db = openDatabase({ url: config.databaseUrl, application: 'ckan-test-worker', poolSize: 4, logger });

const job = defineJob({
  ...spec,
  async run(ctx) {
    console.log('started');
    if (mode === 'hang') await new Promise(() => {});
    // Frozen here, and woken when the job is long done.
    await delay(1500);
    try {
      await db.transact(async (tx) => {
        await ctx.fence(tx);
        await tx.rows('INSERT INTO public.effect VALUES ($1, $2)', [ctx.id, 'zombie']);
      });
      console.log('written');
    } catch (error) {
      console.log(`refused: ${(error as Error).name}`);
    }
  },
});
await startWorker({ db, config, logger, jobs: [job], name: 'child' });
