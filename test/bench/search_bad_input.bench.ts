// node test/bench/search_bad_input.bench.ts [WORD…]: the hostile searches (those whose name has one of the words), one
// after the other, against an API process of its own over the filled and indexed database of DATABASE_URL; and how long
// another client's cheap searches wait meanwhile, which tells how long one holds the process up.

import { claimPort } from '@portolan/embedded/port';
import { hostileSearches } from '../acceptance/hostile_searches.ts';
import { endService, startService } from '../processes/service.ts';
import { cpuOfFamily } from './process_usage.ts';
import { described, memoryOf } from './server_memory.ts';

const chosen = process.argv.slice(2);
const { DATABASE_URL } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL names the filled database');

const { port } = await claimPort();
const url = `http://127.0.0.1:${port}`;
const api = await startService('api', {
  DATABASE_URL,
  PORT: String(port),
  HOST: '127.0.0.1',
  SECRET_KEY: 'of the search bench',
  LOG_LEVEL: 'error',
});
const pid = api.child.pid ?? 0;

async function search(parameters: object): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/api/3/action/package_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return { status: response.status, text: await response.text() };
}

/** The longest of the cheap searches made until the work is done. */
async function longestWait(work: Promise<unknown>): Promise<number> {
  const state = { done: false };
  const ended = work.finally(() => {
    state.done = true;
  });
  let longest = 0;
  while (!state.done) {
    const asked = performance.now();
    await search({ rows: 0 });
    longest = Math.max(longest, performance.now() - asked);
  }
  await ended;
  return longest;
}

const outcome = (status: number, text: string): string => {
  const { result, error } = JSON.parse(text) as { result?: { count: number }; error?: { message?: string } };
  return status === 200
    ? `${result?.count} found`
    : `${status} ${String(error?.message ?? text).slice(0, 60)}`;
};

try {
  await search({ 'facet.field': ['tags'] });
  for (const [what, parameters] of hostileSearches) {
    if (chosen.length > 0 && !chosen.some((word) => what.includes(word))) continue;
    const cpu = cpuOfFamily(pid);
    const began = performance.now();
    const searching = search({ rows: 1, ...parameters }).then((answer) => ({
      ...answer,
      took: performance.now() - began,
    }));
    const waited = await longestWait(searching);
    const { status, text, took } = await searching;
    const spent = (cpuOfFamily(pid) - cpu) * 1000;
    console.log(
      `${took.toFixed(0).padStart(6)} ms, API ${spent.toFixed(0)} ms of CPU, others ${waited.toFixed(0)} ms at most: ${what}: ${outcome(status, text)}`,
    );
  }
  console.log(`the API process after all: ${described(memoryOf(pid))}`);
} finally {
  await endService(api, 'SIGTERM');
}
