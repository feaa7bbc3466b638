/** Documents whose field has one of the terms; several are synonyms and score as one term. */
export interface TermNode {
  readonly kind: 'term';
  readonly field: string;
  readonly terms: readonly string[];
}

export const termNode = (field: string, terms: readonly string[]): TermNode =>
  Object.freeze({ kind: 'term', field, terms: Object.freeze([...terms]) });
