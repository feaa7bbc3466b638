import { expect, it } from 'vitest';
import { fuzzyNode } from '../ast/fuzzy_node.ts';
import { Effort } from './effort.ts';
import { NearestTerms } from './nearest_terms.ts';
import { SortedTerms } from './sorted_terms.ts';

it('of terms that are equally near those count that come first by code point', async () => {
  const fullWidth = '\uff41';
  const beyond = Array.from({ length: 60 }, (_, at) => String.fromCodePoint(0x1f300 + at));
  const nearest = new NearestTerms([fuzzyNode('title', '日', 1)]);
  await nearest.look(SortedTerms.of([...beyond, fullWidth]), new Effort());
  const terms = nearest.found.flatMap(([, near]) => near.map(({ term }) => term));
  expect(terms).toEqual([fullWidth, ...beyond.slice(0, 49)]);
});
