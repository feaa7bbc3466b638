import { expect, it } from 'vitest';
import { lengthStep } from './length_norm.ts';

// Lucene's SmallFloat.byte4ToInt(intToByte4(n)).
it.each([
  [0, 0],
  [1, 1],
  [23, 23],
  [24, 24],
  [39, 39],
  [40, 40],
  [41, 40],
  [55, 54],
  [57, 56],
  [100, 96],
  [1000, 984],
])('a field of %i tokens counts as %i', (length, step) => expect(lengthStep(length)).toBe(step));
