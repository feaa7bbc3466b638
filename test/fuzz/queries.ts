// node test/fuzz/queries.ts [SECONDS] [SEED]: reads generated searches, well-formed ones and noise, for so long. Each
// is a search or is refused in CKAN's words; anything else, and what takes longer than a second, is printed.
import { PortolanError } from '@portolan/kernel';
import { effectiveQuery } from '@portolan/search';
import fc from 'fast-check';
import { type SearchRequest, searchRequests } from '../oracle/search_queries.ts';

const [seconds = '60', seed = '1'] = process.argv.slice(2);
const searchRequest = searchRequests(Number(seed));
const now = Date.parse('2024-06-15T12:00:00Z');
/** Milliseconds. */
const slow = 1000;

const signs = fc.constantFrom(...`+-!():^[]"{}~*?\\/&|<>#@,=.;'$ \t\n0129abTO\u0000\ud800é日`.split(''));
const noise = fc.oneof(
  fc.array(signs, { maxLength: 200 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.tuple(signs, fc.nat(100_000)).map(([sign, times]) => sign.repeat(times)),
  fc
    .tuple(signs, signs, fc.nat(20_000))
    .map(([one, other, times]) => `${one.repeat(times)}a${other.repeat(times)}`),
);
const expressionNoise = fc.array(signs, { maxLength: 40 }).map((some) => `title:/${some.join('')}/`);
const parameter = fc.constantFrom(
  'q',
  'fq',
  'sort',
  'mm',
  'qf',
  'bf',
  'tie',
  'fl',
  'ext_bbox',
  'facet.field',
);
const request: fc.Arbitrary<SearchRequest> = fc.oneof(
  { weight: 4, arbitrary: searchRequest },
  { weight: 1, arbitrary: fc.record({ q: fc.oneof(noise, expressionNoise) }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(searchRequest, parameter, noise)
      .map(([one, name, text]) => ({ ...one, [name]: text })),
  },
);
const config = {
  rowsMax: 1000,
  defaultSort: 'score desc, metadata_modified desc',
  facetsLimit: 50,
  allowedParsers: ['lucene', 'dismax', 'edismax'],
};

const tally = { searches: 0, refused: 0, crashed: 0, slow: 0 };
let slowest = 0;
const until = performance.now() + Number(seconds) * 1000;
for (let round = 0; performance.now() < until; round++)
  for (const one of fc.sample(request, { numRuns: 500, seed: Number(seed) * 1_000_003 + round })) {
    const began = performance.now();
    try {
      const lowercaseOperators = round % 2 ? 'fielded' : 'strict';
      effectiveQuery(one, { labels: ['public'] }, { ...config, lowercaseOperators }, now);
      tally.searches++;
    } catch (error) {
      if (error instanceof PortolanError) tally.refused++;
      else {
        tally.crashed++;
        console.log(JSON.stringify(one).slice(0, 2000), error);
      }
    }
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (took > slow) {
      tally.slow++;
      console.log(`${Math.round(took)} ms: ${JSON.stringify(one).slice(0, 500)}`);
    }
  }
console.log(JSON.stringify({ seed: Number(seed), ...tally, slowest: `${Math.round(slowest)} ms` }));
if (tally.crashed > 0) process.exitCode = 1;
