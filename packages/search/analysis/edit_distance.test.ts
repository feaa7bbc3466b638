import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit_distance.ts';

describe('edits between two words', () => {
  it.each([
    ['roam', 'road', 1],
    ['roam', 'rout', 2],
    ['traffic', 'tarffic', 1],
    ['', 'ab', 2],
    ['é', 'e', 1],
    ['a', 'abcd', 3],
  ])('%s and %s are %i', (a, b, distance) => expect(editDistance(a, b, 2)).toBe(distance));

  it('are the same both ways, none only for the same word', () => {
    const word = fc.stringMatching(/^[abc]{0,6}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 2)).toBe(editDistance(b, a, 2));
        expect(editDistance(a, b, 2) === 0).toBe(a === b);
      }),
    );
  });
});
