import { claimPort } from '@portolan/embedded/port';
import { expect, inject, it } from 'vitest';
import { command, run } from '../acceptance/portal.ts';

const data = inject('data');

async function atWork(line: string, env: Record<string, string> = {}) {
  const worker = command(['--data', data, ...line.split(' ')], env);
  await new Promise<void>((resolve, reject) => {
    worker.process.stderr?.on('data', () => {
      if (worker.output().includes('At work')) resolve();
    });
    void worker.ended.then((code) => reject(new Error(`it ended with ${code}:\n${worker.output()}`)));
  });
  return worker;
}

it.concurrent.each([
  ['harvester gather-consumer', 'the database'],
  ['harvester fetch-consumer', 'a Redis that is away'],
  ['jobs worker', 'a Redis that is away'],
])('%s works until it is told to stop, with its queues in %s', async (line, storage) => {
  const away = { REDIS_URL: `redis://127.0.0.1:${(await claimPort()).port}` };
  const worker = await atWork(line, storage === 'the database' ? {} : away);
  worker.process.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
});

it('jobs worker --burst ends by itself when nothing waits', async () => {
  expect(await run(['--data', data, 'jobs', 'worker', '--burst'])).toMatchObject({ code: 0 });
});
