import type { Bits } from '../column/bits.ts';
import type { DocumentColumns } from '../column/document_columns.ts';
import type { LeafAnswer } from '../leaf_answer.ts';
import type { CurrentValues } from '../memory/current_values.ts';
import type { Scratch } from './scratch.ts';
import type { Steps } from './steps.ts';

/** Documents of a part of a query. */
export interface Match {
  bits: Bits;
  /** By slot, 0 for what does not match; undefined where scores are not wanted. Whoever gets it gives it back. */
  scores: Float64Array | undefined;
}

/** What a search has at hand once its look-ups are done. */
export interface Run {
  columns: DocumentColumns;
  /** The documents that are asked about: what a plan says of any other is of no interest. */
  among: Bits;
  leaves: LeafAnswer[];
  /** Numbers of the documents that were found by looking at them, see `Planning.rests`. */
  rests: readonly number[][];
  statistics: ReadonlyMap<string, FieldStatistic>;
  scratch: Scratch;
  /** What is remembered under a key, where that may be used and added to; else what is made for this search alone. */
  use: CurrentValues['use'];
}

/** Documents that have the field, and its tokens in all of them. */
export interface FieldStatistic {
  documents: number;
  tokens: number;
}

/** A part of a query, ready to be evaluated; gives a match that is the caller's to change. */
export type Plan = (run: Run) => Steps<Match>;
