// Fills two empty catalogues with the same generated datasets, asks both the same generated queries and prints where
// the answers differ in status, count, ids and their order, facets, listed fields or, by more than a hundredth, scores:
//
//   node test/oracle/compare_search.ts URL TOKEN URL TOKEN [--also URL] [--datasets 150] [--queries 2000] [--seed 1] [--round 0] [--filled]
//
// The first is a real CKAN (hold its lock, reset it before), the second a portal that was started with
// search.lowercase_operators = strict; `--also`: another engine over the same datasets as the second. `--filled`: they
// hold the datasets of this seed already; each round asks other queries. `foundAsNamed` and `scoredAsNamed`
// count the answers that differ by what docs/compatibility.md names. With SOLR_URL and OPENSEARCH_URL, these first
// forget what was deleted, which counts for their scores. Nothing of CKAN's is kept.
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { effectiveQuery } from '@portolan/search';
import fc from 'fast-check';
import { corpus, groups, organizations } from './search_corpus.ts';
import { type SearchRequest, searchRequests } from './search_queries.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    datasets: { type: 'string', default: '150' },
    queries: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    also: { type: 'string', multiple: true, default: [] },
    round: { type: 'string', default: '0' },
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
  ...options.also.map((url) => ({ url, token: portalToken })),
];
type Server = (typeof servers)[number];
const [oracle, ...portals] = servers as [Server, ...Server[]];
const seed = Number(options.seed);
/** Queries that are under way at the same time. */
const atOnce = 4;

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
  for (const name of groups) await must(server, 'group_create', { name, title: name });
  for (const dataset of corpus(Number(options.datasets), seed)) await must(server, 'package_create', dataset);
}

async function must(server: Server, action: string, body: object): Promise<void> {
  const answer = await ask(server, action, body);
  if (answer.status !== 200)
    throw new Error(`${server.url} ${action} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
}

interface Answer {
  status: number;
  /** Its kind, and all that validation says. */
  error?: unknown;
  tooMuch?: boolean;
  count?: number;
  sort?: string;
  ordered?: boolean;
  results?: unknown[];
  scores?: number[];
  facets?: unknown;
}

interface Hit {
  id: string;
  score?: number;
}

const isByScore = ({ sort }: SearchRequest) =>
  sort === '' || sort === 'rank' || /\bscore\b/.test(String(sort));

/** By score, where that comes first. */
function isInOrder({ sort }: SearchRequest, hits: Hit[]): boolean {
  const [, direction] = /^score (asc|desc)/.exec(String(sort)) ?? [];
  const scores = hits.map(({ score = 0 }) => (direction === 'asc' ? score : -score));
  return direction === undefined || scores.every((score, at) => at === 0 || scores[at - 1]! <= score);
}

async function answer(server: Server, request: SearchRequest): Promise<Answer> {
  const { status, body } = await ask(server, 'package_search', {
    rows: 1000,
    sort: 'id asc',
    fl: ['id', 'score'],
    ...request,
  });
  if (status !== 200)
    return {
      status,
      error: body?.error?.__type === 'Validation Error' ? body.error : body?.error?.__type,
      tooMuch: /Determinizing|automaton is too large/.test(body?.error?.message),
    };
  const { count, facets, search_facets: shown, results, sort } = body.result;
  const ordered = isInOrder(request, results);
  // Equal scores may differ in their last digits, and the order with them.
  if (isByScore(request)) results.sort((one: Hit, other: Hit) => (one.id < other.id ? -1 : 1));
  const scores = results.map(({ score }: Hit) => score ?? 0);
  for (const result of results) delete result.score;
  return {
    status,
    count,
    sort,
    ordered,
    results,
    scores,
    facets: [Object.entries(facets).map(([name, values]) => [name, Object.entries(values as object)]), shown],
  };
}

const near = (one: number, other: number) => Math.abs(one - other) <= 0.01 * Math.max(one, other) + 1e-6;

const empty = {
  found: 0,
  foundNothing: 0,
  refused: 0,
  crashed: 0,
  tooMuch: 0,
  foundAsNamed: 0,
  scoredAsNamed: 0,
  scoredOtherwise: 0,
  different: 0,
};
type Kind = keyof typeof empty;

function tell(request: SearchRequest, theirs: Answer, ours: Answer): Kind {
  // CKAN's crashes are nothing to follow, nor where its Solr gives up on a regular expression.
  if (theirs.status >= 500 && ours.status < 500) return 'crashed';
  if (theirs.tooMuch) return 'tooMuch';
  const { scores: expected = [], ...rest } = theirs;
  const { scores = [], ...found } = ours;
  if (!isDeepStrictEqual(rest, found))
    return ours.status === 200 && isFoundAsNamed(request) ? 'foundAsNamed' : 'different';
  if (!scores.every((score, at) => near(score, expected[at]!)))
    return isScoredAsNamed(request) ? 'scoredAsNamed' : 'scoredOtherwise';
  if (theirs.status !== 200) return 'refused';
  return theirs.count! > 0 ? 'found' : 'foundNothing';
}

const reading = {
  rowsMax: 1000,
  defaultSort: 'score desc',
  facetsLimit: 50,
  allowedParsers: [],
  lowercaseOperators: 'strict' as const,
};

const readAs = (request: SearchRequest) =>
  JSON.stringify(effectiveQuery(request, { labels: [] }, reading, Date.now()).query);

/** On tables a phrase counts once, however often a text has it; the parts of titles and names weigh 1 everywhere. */
const isScoredAsNamed = (request: SearchRequest) =>
  /"kind":"phrase"|"field":"(?:title|name)_ngram"/.test(readAs(request));

/** Shapes of titles and names are not about their parts; blanks alone are no error. */
const isFoundAsNamed = (request: SearchRequest) =>
  /"kind":"(?:pattern|termRange|regularExpression|fuzzy)","field":"(?:title|name)_ngram"/.test(
    readAs(request),
  ) ||
  (request['defType'] === 'lucene' && /^\s+$/.test(String(request['q'])));

if (!options.filled) await Promise.all([oracle, portals[0]!].map(fill));
const { SOLR_URL, OPENSEARCH_URL } = process.env;
if (OPENSEARCH_URL) await fetch(`${OPENSEARCH_URL}/_forcemerge?max_num_segments=1`, { method: 'POST' });
if (SOLR_URL)
  await fetch(`${SOLR_URL}/update`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: '<optimize waitSearcher="true" maxSegments="1"/>',
  });
const tallies = portals.map(() => ({ ...empty }));
const requests = fc.sample(searchRequests(seed), {
  numRuns: Number(options.queries),
  seed: seed * 1000 + Number(options.round),
});
const compare = async (request: SearchRequest) => {
  const [theirs, ...ours] = await Promise.all([oracle, ...portals].map((server) => answer(server, request)));
  for (const [at, one] of ours.entries()) {
    const kind = tell(request, theirs!, one);
    tallies[at]![kind]++;
    if (kind === 'different' || kind === 'scoredOtherwise')
      console.log(JSON.stringify({ kind, portal: portals[at]!.url, request, theirs, ours: one }));
  }
};
const left = requests.values();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const request of left) await compare(request);
  }),
);
for (const [at, tally] of tallies.entries())
  console.log(
    JSON.stringify({
      portal: portals[at]!.url,
      seed,
      round: Number(options.round),
      queries: requests.length,
      ...tally,
    }),
  );
if (tallies.some(({ different, scoredOtherwise }) => different + scoredOtherwise > 0)) process.exitCode = 1;
