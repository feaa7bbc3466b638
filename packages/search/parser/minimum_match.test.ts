import { describe, expect, it } from 'vitest';
import { defaultMinimumMatch, MinimumMatchError, minimumMatch } from './minimum_match.ts';

describe('the least number of optional clauses', () => {
  it.each([
    [defaultMinimumMatch, [1, 2, 3, 4, 5, 6, 7, 10], [1, 2, 2, 3, 4, 4, 5, 8]],
    ['2', [1, 3], [1, 2]],
    ['-1', [1, 3], [0, 2]],
    ['50%', [3, 4], [1, 2]],
    ['-25%', [4, 5], [3, 4]],
    ['100', [3], [3]],
    ['2<-25% 9<-3', [2, 8, 12], [2, 6, 9]],
    ['3<x', [2, 3], [2, 3]],
    [' 2 ', [3], [2]],
    ['2 < 75%', [2, 4], [2, 3]],
    ['1<2<3', [3], [2]],
    ['4<2 2<1', [3, 5], [3, 1]],
    ['0<1', [3], [1]],
    ['150%', [3], [3]],
    ['-100%', [3], [0]],
    ['\u0663', [4], [3]],
    ['\t2\n', [3], [2]],
  ])('of %s', (specification, counts, expected) => {
    expect(counts.map((count) => minimumMatch(count, specification))).toEqual(expected);
  });

  it.each(['nonsense', '', '3<x', '33.3%', '2<', '<2', '2147483648', 'None', '1<50%  3<75%', '2\u00a0'])(
    'cannot be %s',
    (specification) => expect(() => minimumMatch(5, specification)).toThrow(MinimumMatchError),
  );
});
