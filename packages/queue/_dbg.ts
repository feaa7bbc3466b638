import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { migrate, openDatabase } from '@portolan/db';
import { startPostgres } from '@portolan/embedded';
import { createLogger, silentLogger } from '@portolan/kernel';
import { startServer } from '../../test/integration/server.ts';
import { defineJob, enqueue, startRelay, startWorker } from './index.ts';

process.on('unhandledRejection', (e) => console.log('UNHANDLED', e));
const f = await mkdtemp('/tmp/q_dbg-');
await chmod(f, 0o755);
const s = await startPostgres({
  folder: f + '/pg',
  binariesFolder: '/tmp/portolan-test-binaries',
  databases: ['d'],
  logger: silentLogger,
});
const url = s.url('d');
await migrate(url, silentLogger);
const logger = createLogger({ service: 'x', level: 'silent' });
const db = openDatabase({ url, application: 'x', poolSize: 5, logger });
const r = startServer('redis', { REDIS_PORT: '19472' })!;
const config = { databaseUrl: url, redisUrl: r.variables['REDIS_URL'], siteId: 'x' };
let ran = 0;
const job = defineJob({
  name: 'n',
  queue: 'n',
  concurrency: 1,
  timeout: 9999,
  maxAttempts: 1,
  run: async () => {
    ran++;
    console.log('RAN');
  },
});
const relay = await startRelay({ db, config, logger, jobs: [job] });
const worker = await startWorker({ db, config, logger, jobs: [job] });
const t0 = Date.now();
const T = () => ((Date.now() - t0) / 1000).toFixed(1);
r.act('kill');
console.log(T(), 'killed');
await db.transact((tx) => enqueue(tx, job, { key: 'a' }));
await Promise.all([
  relay.pause().then(() => console.log(T(), 'relay paused')),
  worker.pause().then(() => console.log(T(), 'worker paused')),
]);
const res = Promise.all([
  relay.resume().then(() => console.log(T(), 'relay resumed')),
  worker.resume().then(() => console.log(T(), 'worker resumed')),
]);
r.act('start');
console.log(T(), 'started');
await res;
for (let i = 0; i < 30 && !ran; i++) await new Promise((x) => setTimeout(x, 1000));
console.log(T(), 'ran', ran);
await Promise.all([relay.close(), worker.close()]);
console.log(T(), 'closed');
r.stop();
await db.close();
await s.stop();
await rm(f, { recursive: true });
setTimeout(() => {
  console.log(
    'still alive',
    process.getActiveResourcesInfo(),
    (process as any)._getActiveHandles().map((h: any) => h.constructor.name + ' ' + (h.remotePort ?? '')),
  );
  process.exit();
}, 5000).unref();
