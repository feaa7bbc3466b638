import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { leanEnvironment } from './lean.ts';

/** Megabytes of heap that a process has at most. */
function heapOf(env: Record<string, string | undefined>): number {
  const text = `process.stdout.write(String(require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20))`;
  return Number(spawnSync(process.execPath, ['-e', text], { env, encoding: 'utf8' }).stdout);
}

it('bounds the heap of a process, unless its operator has said otherwise', () => {
  const bounded = heapOf(leanEnvironment({}));
  expect(bounded).toBeGreaterThan(1000);
  expect(bounded).toBeLessThan(1200);
  expect(heapOf(leanEnvironment({ NODE_OPTIONS: '--max-old-space-size=3000' }))).toBeGreaterThan(3000);
  expect(leanEnvironment({ MALLOC_ARENA_MAX: '8', PORT: '1' })).toMatchObject({
    MALLOC_ARENA_MAX: '8',
    PORT: '1',
  });
});
