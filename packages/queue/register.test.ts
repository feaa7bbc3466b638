import { expect, test } from 'vitest';
import { defineJob, handle } from './job.ts';
import { registerJobs } from './register.ts';

const run = async () => {};
const declare = (name: string, more = {}) =>
  defineJob({ name, queue: 'q', concurrency: 1, timeout: 1000, maxAttempts: 3, ...more });

test('a job runs its own handler or the one bound to it', () => {
  const own = declare('own', { run });
  const bound = declare('bound');
  const registered = registerJobs([own, bound], [handle(bound, run)]);
  expect([...registered.keys()]).toEqual(['own', 'bound']);
});

test('what is not given has a default', () => {
  const job = declare('a');
  expect(job).toMatchObject({ lease: 15_000, bundle: 1 });
  expect([1, 2, 3, 20].map(job.backoff)).toEqual([1000, 2000, 4000, 600_000]);
});

const a = declare('a');
test.each([
  ['no handler', [a], [], 'a has 0 handlers instead of one'],
  ['two handlers', [a], [handle(a, run), handle(a, run)], 'a has 2 handlers instead of one'],
  ['a handler beside its own', [declare('b', { run })], [], undefined],
  ['two jobs of one name', [declare('b', { run }), declare('b', { run })], [], 'b is declared twice'],
  ['a handler of an undeclared job', [], [handle(a, run)], 'a has a handler but is not declared'],
  [
    'queues that disagree',
    [declare('b', { run }), declare('c', { run, concurrency: 2 })],
    [],
    'the jobs of queue q disagree about its concurrency',
  ],
])('starting with %s', (_, jobs, handlers, problem) => {
  if (problem === undefined) expect(registerJobs(jobs, handlers).size).toBe(1);
  else expect(() => registerJobs(jobs, handlers)).toThrow(problem);
});
