/** Documents with a term at most `edits` insertions, deletions, replacements or transpositions away. */
export interface FuzzyNode {
  readonly kind: 'fuzzy';
  readonly field: string;
  readonly term: string;
  readonly edits: number;
}

export const fuzzyNode = (field: string, term: string, edits: number): FuzzyNode =>
  Object.freeze({ kind: 'fuzzy', field, term, edits });
