import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../analysis/edit_distance.ts';
import { Effort } from './effort.ts';
import { NearAutomaton } from './near_automaton.ts';
import { SortedTerms } from './sorted_terms.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '😀', '😁'), maxLength: 7 });

it('finds among sorted terms what is near a word, and how near', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 60 }), word, fc.constantFrom(1, 2), (words, near, most) => {
      const found = new Map<string, number>();
      const automaton = new NearAutomaton(near, most);
      SortedTerms.of(words).accepted(automaton, new Effort(), (term, state) =>
        found.set(term, automaton.distance(state)),
      );
      const expected = words.map((one) => [one, editDistance(near, one, most)] as const);
      expect(found).toEqual(new Map(expected.filter(([, distance]) => distance <= most)));
    }),
  );
});

it('does not look at terms whose beginning is too far already', () => {
  const terms = Array.from({ length: 10_000 }, (_, at) => `zebra${at}`).sort();
  const effort = new Effort(1000);
  SortedTerms.of(terms).accepted(new NearAutomaton('apple', 2), effort, () => {
    throw new Error('none is near');
  });
});

it('stops a search that takes too many steps', () => {
  const terms = Array.from({ length: 1000 }, (_, at) => `apple${at}`).sort();
  const search = () =>
    SortedTerms.of(terms).accepted(new NearAutomaton('apple', 2), new Effort(100), () => {});
  expect(search).toThrow(expect.objectContaining({ code: 'search' }));
});
