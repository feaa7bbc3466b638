// Fills two empty catalogues with the same generated datasets, asks both the same generated queries and prints where
// the answers differ in status, count, ids or facets:
//
//   node test/oracle/compare_search.ts URL TOKEN URL TOKEN [--datasets 150] [--queries 2000] [--seed 1] [--filled]
//
// The first is a real CKAN (hold its lock, reset it before), the second a portal that was started with
// search.lowercase_operators = strict. `--filled`: both hold the datasets of this seed already. Nothing of CKAN's is kept.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { corpus, organizations } from './search_corpus.ts';
import { type SearchRequest, searchRequest } from './search_queries.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datasets: { type: 'string', default: '150' },
    queries: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    filled: { type: 'boolean', default: false },
  },
});
const [oracleUrl, oracleToken, portalUrl, portalToken] = positionals;
if (!oracleUrl || !oracleToken || !portalUrl || !portalToken)
  throw new Error(
    'node test/oracle/compare_search.ts URL TOKEN URL TOKEN [--datasets N] [--queries N] [--seed N]',
  );
const servers = [
  { url: oracleUrl, token: oracleToken },
  { url: portalUrl, token: portalToken },
] as const;
type Server = (typeof servers)[number];
const seed = Number(options.seed);

async function ask({ url, token }: Server, action: string, body: object) {
  const response = await fetch(`${url}/api/3/action/${action}`, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: any action's answer
  return { status: response.status, body: (await response.json().catch(() => undefined)) as any };
}

async function fill(server: Server): Promise<void> {
  for (const name of organizations) await must(server, 'organization_create', { name, title: name });
  for (const dataset of corpus(Number(options.datasets), seed)) await must(server, 'package_create', dataset);
}

async function must(server: Server, action: string, body: object): Promise<void> {
  const answer = await ask(server, action, body);
  if (answer.status !== 200)
    throw new Error(`${server.url} ${action} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
}

async function answer(server: Server, request: SearchRequest) {
  const { status, body } = await ask(server, 'package_search', {
    ...request,
    rows: 1000,
    sort: 'id asc',
    fl: ['id'],
  });
  if (status !== 200)
    return { status, type: body?.error?.__type, tooMuch: /Determinizing/.test(body?.error?.message) };
  const { count, facets, results } = body.result;
  return {
    status,
    count,
    ids: results.map(({ id }: { id: string }) => Number(id.slice(-12))).sort((a: number, b: number) => a - b),
    facets,
  };
}

if (!options.filled) await Promise.all(servers.map(fill));
const requests = fc.sample(searchRequest, { numRuns: Number(options.queries), seed });
const tally = { equal: 0, found: 0, refused: 0, crashed: 0, tooMuch: 0, different: 0 };
for (const request of requests) {
  const [theirs, ours] = await Promise.all(servers.map((server) => answer(server, request)));
  // CKAN's crashes are nothing to follow, nor where its Solr gives up on a regular expression.
  if (theirs!.status >= 500 && ours!.status < 500) tally.crashed++;
  else if (theirs!.tooMuch && ours!.status === 200) tally.tooMuch++;
  else if (isDeepStrictEqual(theirs, ours)) {
    tally.equal++;
    if (theirs!.status !== 200) tally.refused++;
    else if (theirs!.count > 0) tally.found++;
  } else {
    tally.different++;
    console.log(JSON.stringify({ request, theirs, ours }));
  }
}
console.log(JSON.stringify({ queries: requests.length, ...tally }));
if (tally.different > 0) process.exitCode = 1;
