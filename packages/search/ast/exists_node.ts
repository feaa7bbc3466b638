/** Documents with any value in the field. */
export interface ExistsNode {
  readonly kind: 'exists';
  readonly field: string;
}

export const existsNode = (field: string): ExistsNode => Object.freeze({ kind: 'exists', field });
