import { Dice, wordsOf } from './vocabulary.ts';

/** Searches of one kind, told apart by what is asked for: words, boxes, dates. */
export interface SearchKind {
  name: string;
  paths: string[];
}

const variants = 40;
const words = wordsOf(10_000);
const facets = ['organization', 'tags', 'res_format', 'license_id'];

const pathOf = (parameters: Record<string, string>): string =>
  `/api/3/action/package_search?${new URLSearchParams({
    rows: '20',
    'facet.field': JSON.stringify(facets),
    ...parameters,
  })}`;

function kind(
  name: string,
  parametersOf: (dice: Dice, variant: number) => Record<string, string>,
  count = variants,
): SearchKind {
  const dice = new Dice(name.length);
  return {
    name,
    paths: Array.from({ length: count }, (_, variant) => pathOf(parametersOf(dice, variant))),
  };
}

// Words that the analyser leaves out find nothing; those stand at the very beginning.
const commonest = words.slice(4, 7);
const common = words.slice(7, 47);
const rare = words.slice(3000, 3000 + variants);

const boxOf = (dice: Dice): string => {
  const [west, south] = [-6 + dice.next() * 7, 50 + dice.next() * 7];
  return [west, south, west + 0.5 + dice.next(), south + 0.5 + dice.next()]
    .map((one) => one.toFixed(3))
    .join(',');
};
const yearOf = (dice: Dice): number => 2011 + dice.below(12);

/** Each kind of search that portals are asked for; every one with four facets, 20 rows unless it says otherwise. */
export const searchKinds: SearchKind[] = [
  kind('everything', () => ({}), 1),
  kind('newest first', () => ({ sort: 'metadata_modified desc' }), 1),
  kind('rare word', (_, variant) => ({ q: rare[variant]! })),
  kind('common word', (_, variant) => ({ q: common[variant]! })),
  kind('word in nearly all', (_, variant) => ({ q: commonest[variant]! }), commonest.length),
  kind('two words', (_, variant) => ({ q: `${common[variant]} ${words[200 + variant]}` })),
  kind('phrase', (_, variant) => ({ q: `"${common[variant]} ${common[(variant + 1) % variants]}"` })),
  kind('fielded filters', (dice, variant) => ({
    fq: `res_format:${['CSV', 'JSON', 'XML', 'PDF'][variant % 4]} license_id:uk-ogl -tags:"${words[dice.below(50) * 3 + 1]}"`,
  })),
  kind('dates', (dice) => ({
    fq: `metadata_modified:[${yearOf(dice)}-01-01T00:00:00Z TO *] AND metadata_created:[* TO ${yearOf(dice)}-06-30T00:00:00Z]`,
  })),
  kind('box', (dice) => ({ ext_bbox: boxOf(dice) })),
  kind('1000 rows', (_, variant) => ({ rows: '1000', q: common[variant]! })),
  kind('start=0 by name', () => ({ sort: 'name asc', start: '0' }), 1),
  kind('start=50000 by name', () => ({ sort: 'name asc', start: '50000' }), 1),
];
