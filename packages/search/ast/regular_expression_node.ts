import type { Expression } from '../expression/expression.ts';

/** Documents with a whole term in the field that the expression describes. */
export interface RegularExpressionNode {
  readonly kind: 'regularExpression';
  readonly field: string;
  /** In Lucene's syntax. */
  readonly source: string;
  readonly expression: Expression;
}

export const regularExpressionNode = (
  field: string,
  source: string,
  expression: Expression,
): RegularExpressionNode => Object.freeze({ kind: 'regularExpression', field, source, expression });
