import type { FieldStatistic } from './match.ts';

// BM25 as Lucene counts it (k1 1.2, b 0.75).

/** `matching` documents of `corpus`, those that have the field, have the term. */
export function rarity(matching: number, corpus: number): number {
  return Math.log(1 + (Math.max(corpus, matching) - matching + 0.5) / (matching + 0.5));
}

/** What so many occurrences in a field of this length are worth, from 0 to 1. */
export function saturation(frequency: number, length: number, average: number): number {
  return frequency / (frequency + 1.2 * (0.25 + (0.75 * length) / Math.max(average, 1)));
}

export const averageLength = ({ documents, tokens }: FieldStatistic): number =>
  documents > 0 ? tokens / documents : 1;
