import fc from 'fast-check';
import { clausesOf } from './search_clauses.ts';
import { facetFields, listedFields } from './search_fields.ts';
import { wordsOf } from './search_words.ts';

/** Parameters of `package_search`, all but `rows`. */
export type SearchRequest = Record<string, unknown>;

const fields = fc.constantFrom(
  'title',
  'title^2 notes',
  'name^4 title^4 tags^2 groups^2 text',
  'notes tags^3',
  'res_name text',
  'nowhere title',
  'title^0.5 author maintainer',
  'title_ngram tags',
  'review_date title',
  'title^',
  'minx text',
  'title,notes',
  'organization res_format',
);
const minimum = fc.constantFrom(
  ...['1', '2', '50%', '-1', '-25%', '2<75%', '2<-25% 4<3', '100%', '0', '-100%', '3<90%', '2 < 75%'],
  ...['1<-1 3<50%', '10', '2<', 'x', '', '150%', '-10', '1<2<3', '33.3%', '0<1', ' 2 ', '4<2 2<1'],
);
/** Constants: functions of fields are nothing that we offer. */
const added = fc.constantFrom<unknown>(
  ...['2', '2^3', '1.5 2', '1e1', '-1', '0', '', ' ', '2^', '+2', '.5', '5.', '2^x', '0x10'],
  ['1', '2'],
  3,
);
const factor = fc.constantFrom<unknown>('2', '0', '-1', '0.5', '1e-1', '', ['2', '3'], 3, '2 3');
const facets = fc.record(
  {
    'facet.field': fc.uniqueArray(fc.constantFrom(...facetFields), { minLength: 1, maxLength: 3 }),
    'facet.limit': fc.constantFrom(-1, -5, 0, 1, 3, 50, '2'),
    'facet.mincount': fc.constantFrom(0, 1, 2, '3'),
    facet: fc.constantFrom('true', 'true', 'on', 'false'),
  },
  { requiredKeys: ['facet.field'] },
);
const sortItem = fc
  .tuple(
    fc.constantFrom(
      ...[
        'name',
        'title_string',
        'organization',
        'license_id',
        'version',
        'review_date',
        'made_date',
        'level',
      ],
      ...['frequency', 'nowhere', 'tags', 'res_format', 'minx', 'maxy', 'state', 'url', 'id'],
    ),
    fc.constantFrom(' asc', ' desc', ' ASC', ' Desc', '  desc', '', ' up'),
  )
  .map((parts) => parts.join(''));
/**
 * Whatever comes first, ids or names decide last: documents are not indexed in the same order everywhere. An item
 * without a direction takes what follows it into its name, up to the next blank.
 */
const order = fc
  .tuple(fc.array(sortItem, { maxLength: 3 }), fc.constantFrom(', ', ','))
  .map(([items, comma]) => [...items, 'id asc', 'name asc'].join(comma));
const place = fc.record(
  {
    start: fc.constantFrom(0, 1, 7, 1000, '3'),
    fl: fc.uniqueArray(fc.constantFrom(...listedFields), { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: [] },
);

/** Generated requests over the words of a corpus. */
export function searchRequests(seed: number): fc.Arbitrary<SearchRequest> {
  const { lucene, free, noise } = clausesOf(wordsOf(seed));
  const scattered = fc.record(
    {
      q: fc.oneof({ weight: 3, arbitrary: free }, { weight: 1, arbitrary: lucene }),
      qf: fields,
      mm: minimum,
      tie: fc.constantFrom('0', '0.1', '1', '0.5', 1),
      defType: fc.constantFrom('dismax', 'edismax', 'edismax', 'lucene'),
      bf: added,
      boost: factor,
    },
    { requiredKeys: ['q'] },
  );
  const also = (q: fc.Arbitrary<SearchRequest>, more: fc.Arbitrary<SearchRequest>) =>
    fc.tuple(q, more).map(([one, other]) => ({ ...one, ...other }));
  const plain = fc.record({ q: lucene });
  const box = fc.constantFrom(
    '-4,51,0,52',
    '-8,49,2,61',
    '0,51.4,1,51.6',
    '350,49,362,61',
    '10,10,20,20',
    '[-5,50,-3,52]',
  );
  return fc.oneof(
    { weight: 12, arbitrary: plain },
    { weight: 8, arbitrary: scattered },
    { weight: 4, arbitrary: fc.record({ q: lucene, defType: fc.constant('edismax') }) },
    { weight: 4, arbitrary: fc.record({ q: lucene, fq: lucene }) },
    { weight: 2, arbitrary: fc.record({ fq_list: fc.array(lucene, { minLength: 1, maxLength: 2 }) }) },
    { weight: 2, arbitrary: fc.record({ q: noise }) },
    { weight: 1, arbitrary: fc.record({ fq: noise }) },
    { weight: 2, arbitrary: fc.record({ q: noise, defType: fc.constantFrom('edismax', 'lucene') }) },
    { weight: 3, arbitrary: also(plain, facets) },
    { weight: 3, arbitrary: also(fc.oneof(plain, fc.record({ q: free })), fc.record({ sort: order })) },
    { weight: 1, arbitrary: also(plain, place) },
    { weight: 1, arbitrary: fc.record({ q: fc.oneof(free, lucene), ext_bbox: box }) },
  );
}
