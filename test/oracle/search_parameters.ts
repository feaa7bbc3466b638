import fc from 'fast-check';
import { facetFields, listedFields, sortFields, uncountedFields } from './search_fields.ts';

/** Fields and weights of `qf`. */
export const queryFields = fc.constantFrom<unknown>(
  ...['title', 'title^2 notes', 'name^4 title^4 tags^2 groups^2 text', 'notes tags^3', 'res_name text'],
  ...['nowhere title', 'title^0.5 author maintainer', 'title_ngram tags', 'review_date title', 'title^'],
  ...[
    'minx text',
    'title,notes',
    'organization res_format',
    '',
    'title\ttext^0',
    'title^2 title^3',
    'extras_*',
  ],
  ['title', 'notes'],
);
export const minimum = fc.constantFrom<unknown>(
  ...['1', '2', '50%', '-1', '-25%', '2<75%', '2<-25% 4<3', '100%', '0', '-100%', '3<90%', '2 < 75%'],
  ...['1<-1 3<50%', '10', '2<', 'x', '', '150%', '-10', '1<2<3', '33.3%', '0<1', ' 2 ', '4<2 2<1', '٢'],
  2,
  ['1', '2'],
);
export const tie = fc.constantFrom<unknown>('0', '0.1', '1', '0.5', 1, '1f', '2', '-0', '', ['0', '1']);
/** Constants: functions of fields are nothing that we offer. */
export const added = fc.constantFrom<unknown>(
  ...['2', '2^3', '1.5 2', '1e1', '-1', '0', '', ' ', '2^', '+2', '.5', '5.', '2^x', '0x10'],
  ['1', '2'],
  3,
);
export const factor = fc.constantFrom<unknown>('2', '0', '-1', '0.5', '1e-1', '', ['2', '3'], 3, '2 3');

const counted = fc.uniqueArray(fc.constantFrom(...facetFields), { minLength: 1, maxLength: 4 });
export const facets = fc.record(
  {
    'facet.field': fc.oneof(
      { weight: 12, arbitrary: counted },
      { weight: 4, arbitrary: counted.map((names) => JSON.stringify(names)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<unknown>(
          ...['tags', '', '[]', '["tags","tags"]', '{"a":1}', '["tags", 1]'],
          [],
          ['tags', 'tags'],
          [''],
          ['tags groups'],
          ['*'],
          null,
        ),
      },
      { weight: 1, arbitrary: fc.constantFrom(...uncountedFields).map((name) => [name]) },
    ),
    'facet.limit': fc.constantFrom<unknown>(-1, -5, 0, 1, 3, 50, '2', ' 3 ', '1_0', true, null, '', 'x', 1.5),
    'facet.mincount': fc.constantFrom<unknown>(0, 1, 2, '3', 1000, '', -1),
    facet: fc.constantFrom<unknown>(
      'true',
      'true',
      'on',
      'false',
      true,
      'TRUE',
      'yes',
      'Off',
      'no',
      '',
      'maybe',
      null,
    ),
  },
  { requiredKeys: ['facet.field'] },
);

const direction = fc.constantFrom(
  ...Array<string>(8).fill(' asc'),
  ...Array<string>(8).fill(' desc'),
  ' ASC',
  ' Desc',
  '  desc',
  '\tasc',
  '',
  ' up',
);
const sortItem = fc.tuple(fc.constantFrom(...sortFields), direction).map((parts) => parts.join(''));
/**
 * Whatever comes first, ids or names decide last: documents are not indexed in the same order everywhere. An item
 * without a direction takes what follows it into its name, up to the next blank.
 */
export const decidedOrder = fc
  .tuple(
    fc.array(sortItem, { maxLength: 5 }),
    fc.constantFrom(', ', ',', ', ', ',', ' , ', ',\n'),
    fc.constantFrom('', '', '', ',', ', ', ' '),
  )
  .map(([items, comma, end]) => [...items, 'id asc', 'name asc'].join(comma) + end);
const byScore = fc.constantFrom(
  'score desc',
  'score asc, id asc',
  'organization asc, score desc',
  'score desc, id asc',
);
export const order = fc.oneof({ weight: 3, arbitrary: decidedOrder }, { weight: 1, arbitrary: byScore });

const names = fc.uniqueArray(fc.constantFrom(...listedFields), { minLength: 1, maxLength: 5 });
/** Without ids nothing tells who has which score. */
export const place = fc.record(
  {
    start: fc.constantFrom<unknown>(0, 1, 7, 1000, '3', null, 'x', -1),
    rows: fc.constantFrom<unknown>(0, 1, 5, 1000, '2', ' 3 ', '', null, 'x', -1, 2.5, true),
    fl: fc.oneof(
      names,
      fc.tuple(names, fc.constantFrom(',', ' ', ', ', ',,', ' ,')).map(([some, comma]) => some.join(comma)),
    ),
  },
  { requiredKeys: ['fl'] },
);

/** Of datasets that not everybody sees; whoever compares sees them all. */
export const visibility = fc.record(
  {
    include_private: fc.constantFrom<unknown>(true, 'true', 'Yes', 1, false, '0', 'maybe', null),
    include_drafts: fc.constantFrom<unknown>(true, 'on', 't', false, ''),
    include_deleted: fc.constantFrom<unknown>(true, 'y', false),
    use_default_schema: fc.constantFrom<unknown>(true, false),
  },
  { requiredKeys: [] },
);

export const box = fc.constantFrom<unknown>(
  ...['-4,51,0,52', '-8,49,2,61', '0,51.4,1,51.6', '350,49,362,61', '10,10,20,20', '[-5,50,-3,52]'],
  ...[
    '-180,-90,180,90',
    '-4.5,50.5,-4.5,51',
    '2,61,-8,49',
    '170,-20,190,20',
    '-190,-20,-170,20',
    ' -4 , 51 , 0 , 52 ',
  ],
  ...['-1e1,4e1,1e1,6e1', '1,2,3', 'a,b,c,d', '', '0,0,0,0', '-5,50,-3,52,1', '-5,-100,3,100'],
  [-5, 50, -3, 52],
  ['-5', '50', '-3', '52'],
  5,
);

/** Filters that are about more than a clause, and what CKAN adds to them. */
export const filter = fc.constantFrom(
  ...[
    '',
    ' ',
    '+',
    '-',
    'OR',
    'tags:flood OR tags:nhs',
    '+state:draft',
    '+state:(active OR draft)',
    'state:draft',
  ],
  ...[
    '+state:*',
    'capacity:private',
    '-capacity:public',
    'dataset_type:harvest',
    '-dataset_type:dataset',
    '+statex:y',
  ],
  ...[
    '(tags:flood OR tags:nhs) AND -groups:climate',
    '-tags:flood -tags:nhs',
    '*:* -tags:flood',
    '"+state:"',
    'a) OR (b',
  ],
  ...[
    'tags:flood || -tags:nhs',
    '+capacity:(private OR public) OR tags:nhs',
    'NOT tags:flood',
    '-(tags:flood OR *:*)',
  ],
  ...[
    '/* ',
    '"',
    'tags:flood /* +state:draft */',
    'metadata_created:[NOW-1DAY TO NOW+1DAY]',
    'review_date:[* TO NOW/DAY]',
  ],
);

/** What asks for another of Solr's parsers. */
const parsersNamed = fc.constantFrom(
  ...[
    '{!term f=tags}flood',
    ' {!lucene}flood',
    '{!',
    '{!}x',
    '{!lucene df=title}flood',
    '{!dismax qf=title v=flood}',
  ],
  ...[
    "{!type=term f=tags v='air quality'}",
    '{!f=tags}x',
    '{!lucene',
    '{!func}1',
    '{!a b="}',
    '{!lucene q.op=OR}a b',
  ],
);

export const localParameters = fc.oneof(
  { weight: 3, arbitrary: parsersNamed.map((q) => ({ q })) },
  { weight: 2, arbitrary: parsersNamed.map((one) => ({ fq_list: ['tags:flood', one] })) },
  { weight: 1, arbitrary: parsersNamed.map((qf) => ({ q: 'flood', qf })) },
  { weight: 1, arbitrary: parsersNamed.map((sort) => ({ sort })) },
);

/** Parameters that are not what they should be. */
export const oddParameters = fc.constantFrom<Record<string, unknown>>(
  { q: 5 },
  { q: true },
  { q: null },
  { q: '' },
  { q: ' ' },
  { q: '""' },
  { q: "''" },
  { q: ['flood'] },
  { q: { flood: 1 } },
  { q: 'flood', fq: ['tags:flood'] },
  { q: 'flood', fq: null },
  { q: 'flood', fq: 1 },
  { fq_list: 'x' },
  { fq_list: '' },
  { fq_list: [''] },
  { fq_list: [1] },
  { fq_list: null },
  { fq_list: { 'tags:flood': 1 } },
  { fq_list: [['tags:flood']] },
  { q: 'flood', df: 'title' },
  { q: 'flood', wt: 'xml' },
  { q: 'flood', 'q.op': 'OR' },
  { q: 'flood', limit: 1, offset: 2 },
  { q: 'flood', ext_x: 1, extras: { ext_y: 2 } },
  { q: 'flood', extras: 'x' },
  { q: 'flood', defType: 'lucene ' },
  { q: 'flood', defType: 'DisMax' },
  { q: 'flood', defType: '' },
  { q: 'flood', defType: 'edismax', qf: null },
  { q: 'flood', sort: '' },
  { q: 'flood', sort: ',' },
  { q: 'flood', sort: 'rank' },
  { q: 'flood', sort: 'id' },
  { q: 'flood', sort: ['id asc'] },
  { q: 'flood', sort: 'id asc name asc' },
  { q: 'flood', sort: '1 asc, id asc' },
  { q: 'flood', sort: 'metadata_created desc, id asc' },
  { q: 'flood', sort: '\u3000id asc' },
  { q: 'flood', fl: 'id;name' },
  { q: 'flood', fl: 5 },
);
