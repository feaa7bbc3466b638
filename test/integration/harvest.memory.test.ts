import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { environment, leanEnvironment } from '@portolan/kernel';
import { expect, it } from 'vitest';

interface Report {
  told: string;
  /** Megabytes that the process had at most. */
  most: number;
}

/** Has a process like a harvester's read one document. */
async function read(document: string): Promise<Report> {
  const program = path.join(import.meta.dirname, '../../packages/harvest/testing/hostile_documents.ts');
  const child = fork(program, [document], { env: leanEnvironment(environment()), execArgv: [] });
  const [report] = (await once(child, 'message')) as [Report];
  return report;
}

it.each([
  [
    'two million objects with keys of their own',
    'The document would take more than 400 MB of memory to read',
  ],
  ['as many of them as are read', '610000 records'],
  ['objects inside objects, all with keys of their own', '260000 records'],
  ['as many empty objects as are read', '1330000 records'],
  ['eight million short texts', '0 records'],
  ['one object with a million keys', '1 records'],
  ['the same few keys in any order', '100000 records'],
])('%s do not take a process over a gigabyte', async (document, told) => {
  const report = await read(document);
  expect(report.told).toBe(told);
  expect(report.most).toBeLessThan(1024);
});
