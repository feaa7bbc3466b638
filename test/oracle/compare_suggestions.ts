// Asks two catalogues that compare_search.ts has filled what else searches: autocompletes, tags, resources and the
// legacy search, whose version 3 is compared with package_search. Prints where status or answer differ, whatever the
// order where CKAN names none:
//
//   node test/oracle/compare_suggestions.ts URL URL [--requests 500] [--seed 1] [--round 0]
import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { type Asked, suggestionRequests } from './search_suggestions.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    requests: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    round: { type: 'string', default: '0' },
  },
});
const [oracle, portal] = positionals;
if (!oracle || !portal)
  throw new Error('node test/oracle/compare_suggestions.ts URL URL [--requests N] [--seed N]');
const seed = Number(options.seed);

async function ask(url: string, path: string, { parameters }: Asked) {
  const response = await fetch(`${url}${path}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 100);
  }
}

type Answer = Awaited<ReturnType<typeof ask>>;

/** What is there for whatever a server made up itself. */
const own = new Set(['help', 'id', 'package_id', 'created', 'metadata_modified', 'last_modified', 'url']);

/** Without what each server makes up, lists sorted. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((one) => JSON.stringify(comparable(one)));
    return texts.sort();
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !own.has(name));
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, comparable(one)]),
  );
}

/** The list in an answer, wherever it is. */
function listOf(body: unknown): unknown[] | undefined {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null) return undefined;
  const { result, results, ResultSet, Result } = body as Record<string, unknown>;
  return listOf(result ?? results ?? ResultSet ?? Result);
}

/** Whether a list may be cut, so that what is in it depends on an order that is nowhere said. */
function isCut({ parameters, most = Number.POSITIVE_INFINITY }: Asked, list: unknown[]): boolean {
  const wanted = Number(parameters.find(([name]) => name === 'limit')?.[1] || most);
  return list.length > 0 && list.length >= wanted;
}

function differs(asked: Asked, theirs: Answer, ours: Answer): boolean {
  // CKAN's crashes are nothing to follow.
  if (theirs.status >= 500 && ours.status < 500) return false;
  if (theirs.status !== ours.status) return true;
  if (theirs.status !== 200) return false;
  const [expected, found] = [listOf(theirs.body), listOf(ours.body)];
  if (expected && found && isCut(asked, expected)) return expected.length !== found.length;
  return !isDeepStrictEqual(comparable(theirs.body), comparable(ours.body));
}

const tally: Record<string, { asked: number; refused: number; different: number }> = {};
for (const asked of fc.sample(suggestionRequests(seed), {
  numRuns: Number(options.requests),
  seed: seed * 1000 + Number(options.round),
})) {
  const place = asked.ours ?? asked.path;
  const [theirs, ours] = await Promise.all([ask(oracle, asked.path, asked), ask(portal, place, asked)]);
  tally[place] ??= { asked: 0, refused: 0, different: 0 };
  tally[place].asked++;
  if (theirs.status !== 200) tally[place].refused++;
  if (!differs(asked, theirs, ours)) continue;
  tally[place].different++;
  console.log(JSON.stringify({ asked, theirs, ours }));
}
console.log(JSON.stringify({ seed, round: Number(options.round), ...tally }));
if (Object.values(tally).some(({ different }) => different > 0)) process.exitCode = 1;
