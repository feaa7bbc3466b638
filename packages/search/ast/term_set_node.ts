/** Documents whose exact field has any of the values, without a score: a filter's list of ids. */
export interface TermSetNode {
  readonly kind: 'termSet';
  readonly field: string;
  readonly values: readonly string[];
}

export const termSetNode = (field: string, values: readonly string[]): TermSetNode =>
  Object.freeze({ kind: 'termSet', field, values: Object.freeze([...values]) });
