// node test/bench/search_bad_input.bench.ts [WORD…]: the hostile searches (those whose name has one of the words), one
// after the other, against an API process of its own over the filled and indexed database of DATABASE_URL; and how long
// another client's cheap searches wait meanwhile, which tells how long one holds the process up.

import { claimPort } from '@portolan/embedded/port';
import { hostileSearches } from '../acceptance/hostile_searches.ts';
import { endService, startService } from '../processes/service.ts';
import { wordsOf } from './catalogue/vocabulary.ts';
import { cpuOfFamily } from './process_usage.ts';
import { described, memoryOf } from './server_memory.ts';

// Those before them the analyser leaves out.
const common = wordsOf(10_000).slice(4);
const phrases = (count: number) =>
  Array.from({ length: count }, (_, at) => `"${common[at]} ${common[at + 1]}"`).join(' OR ');
/** Of what all of the generated datasets have. */
const commonSearches: typeof hostileSearches = [
  ['25 very common words', { q: common.slice(0, 25).join(' ') }],
  ['the same, any of them', { q: `text:(${common.slice(0, 25).join(' OR ')})` }],
  ['60 common words', { q: common.slice(25, 85).join(' ') }],
  ['1,000 common words', { q: common.slice(0, 1000).join(' OR '), defType: 'lucene' }],
  ['1,000 less common words', { q: common.slice(1000, 2000).join(' OR '), defType: 'lucene' }],
  ['1,000 rare words', { q: common.slice(8000, 9000).join(' OR '), defType: 'lucene' }],
  ['a thousand words in a filter', { fq: `text:(${common.slice(0, 1000).join(' OR ')})` }],
  [
    '1,000 that have been looked up before',
    { q: common.slice(0, 1000).toReversed().join(' OR '), defType: 'lucene' },
  ],
  ['50 phrases of common words', { q: phrases(50), defType: 'lucene' }],
  ['a phrase of 200 common words', { q: `"${common.slice(0, 200).join(' ')}"` }],
  ['a phrase of 3,000 words', { q: `"${common.slice(0, 3000).join(' ')}"` }],
  [
    'all values of extras',
    { 'facet.field': ['extras_guid', 'guid', 'extras_spatial', 'harvest_object_id'], 'facet.limit': -1 },
  ],
];

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
  for (const [what, parameters] of [...hostileSearches, ...commonSearches]) {
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
