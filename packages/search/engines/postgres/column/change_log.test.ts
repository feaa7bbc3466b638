import { expect, it } from 'vitest';
import { ChangeLog } from './change_log.ts';

const since = (log: ChangeLog, generation: number, most = 1000) => {
  const changed = log.since(generation, most);
  return changed && [...changed].sort((a, b) => a - b);
};

it('names what has changed since each generation, once', () => {
  const log = new ChangeLog();
  const start = log.generation;
  log.add([3, 1]);
  const middle = log.generation;
  log.add([3, 2]);
  expect(since(log, start)).toEqual([1, 2, 3]);
  expect(since(log, middle)).toEqual([2, 3]);
  expect(since(log, log.generation)).toEqual([]);
});

it('does not move where nothing has changed', () => {
  const log = new ChangeLog();
  const { generation } = log;
  log.add([]);
  expect(log.generation).toBe(generation);
});

it('does not name more than is asked for', () => {
  const log = new ChangeLog();
  const { generation } = log;
  log.add([1, 2]);
  log.add([2, 3]);
  expect(since(log, generation, 3)).toEqual([1, 2, 3]);
  expect(since(log, generation, 2)).toBeUndefined();
});

it('knows nothing of what was before everything changed', () => {
  const log = new ChangeLog();
  log.add([1]);
  const { generation } = log;
  log.restart();
  expect(since(log, generation)).toBeUndefined();
  expect(since(log, log.generation)).toEqual([]);
});

it('forgets the oldest changes first', () => {
  const log = new ChangeLog();
  const start = log.generation;
  log.add([1]);
  const afterFirst = log.generation;
  log.add(Array.from({ length: 5000 }, (_, number) => number));
  expect(since(log, start, 10_000)).toBeUndefined();
  expect(since(log, afterFirst, 10_000)).toHaveLength(5000);
});
