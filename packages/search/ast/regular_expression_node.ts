/** Documents with a whole term in the field that the expression (Lucene's syntax) describes. */
export interface RegularExpressionNode {
  readonly kind: 'regularExpression';
  readonly field: string;
  readonly source: string;
}

export const regularExpressionNode = (field: string, source: string): RegularExpressionNode =>
  Object.freeze({ kind: 'regularExpression', field, source });
