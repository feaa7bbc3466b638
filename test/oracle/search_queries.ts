import fc from 'fast-check';
import { clausesOf } from './search_clauses.ts';
import {
  added,
  box,
  decidedOrder,
  facets,
  factor,
  filter,
  localParameters,
  minimum,
  oddParameters,
  order,
  place,
  queryFields,
  tie,
  visibility,
} from './search_parameters.ts';
import { wordsOf } from './search_words.ts';

/** Parameters of `package_search`. */
export type SearchRequest = Record<string, unknown>;

const together = (...parts: fc.Arbitrary<SearchRequest>[]): fc.Arbitrary<SearchRequest> =>
  fc.tuple(...parts).map((some) => Object.assign({}, ...some));
const maybe = (part: fc.Arbitrary<SearchRequest>): fc.Arbitrary<SearchRequest> =>
  fc.option(part, { nil: {}, freq: 2 });

/** Generated requests over the words of a corpus. */
export function searchRequests(seed: number): fc.Arbitrary<SearchRequest> {
  const { lucene, free, noise } = clausesOf(wordsOf(seed));
  const parser = fc.constantFrom('dismax', 'edismax', 'edismax', 'lucene');
  const scattered = fc.record(
    {
      q: fc.oneof({ weight: 3, arbitrary: free }, { weight: 2, arbitrary: lucene }),
      qf: queryFields,
      mm: minimum,
      tie,
      defType: parser,
      bf: added,
      boost: factor,
    },
    { requiredKeys: ['q'] },
  );
  const plain = fc.record({ q: lucene });
  const asked = fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 2, arbitrary: fc.record({ q: free }) },
    { weight: 2, arbitrary: scattered },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  const filters = fc.record(
    {
      fq: fc.oneof(lucene, filter),
      fq_list: fc.array(fc.oneof(lucene, filter), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  return fc.oneof(
    { weight: 12, arbitrary: plain },
    { weight: 8, arbitrary: scattered },
    { weight: 4, arbitrary: fc.record({ q: lucene, defType: fc.constant('edismax') }) },
    { weight: 5, arbitrary: together(asked, filters) },
    { weight: 2, arbitrary: fc.record({ q: noise }) },
    { weight: 1, arbitrary: fc.record({ fq: noise }) },
    { weight: 2, arbitrary: fc.record({ q: noise, defType: fc.constantFrom('edismax', 'lucene') }) },
    { weight: 3, arbitrary: together(asked, facets, maybe(filters)) },
    { weight: 3, arbitrary: together(asked, fc.record({ sort: order }), maybe(filters)) },
    { weight: 2, arbitrary: together(asked, place, maybe(fc.record({ sort: decidedOrder }))) },
    { weight: 2, arbitrary: together(asked, fc.record({ ext_bbox: box }), maybe(filters), maybe(facets)) },
    { weight: 2, arbitrary: together(asked, visibility, maybe(filters)) },
    { weight: 1, arbitrary: together(localParameters, maybe(fc.record({ defType: parser }))) },
    { weight: 1, arbitrary: oddParameters },
  );
}
