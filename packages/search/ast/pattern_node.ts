/** A piece of a pattern: text as it is, any one character, or any number of characters. */
export type PatternPiece = { readonly text: string } | { readonly wild: 'one' | 'any' };

/** Documents with a term of this shape in the field (`wor*`, `w?rd`). */
export interface PatternNode {
  readonly kind: 'pattern';
  readonly field: string;
  readonly pieces: readonly PatternPiece[];
}

export const patternNode = (field: string, pieces: readonly PatternPiece[]): PatternNode =>
  Object.freeze({ kind: 'pattern', field, pieces: Object.freeze([...pieces]) });
