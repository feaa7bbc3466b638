import type { Expression } from '../../expression/expression.ts';
import { isLogical } from '../../expression/expression.ts';
import { writeExpression } from '../../expression/write.ts';
import type { Parameters } from './parameters.ts';

/** The condition that a text, as SQL, is described by the expression as a whole. */
export function expressionCondition(expression: Expression, value: string, parameters: Parameters): string {
  const conditions = (parts: readonly Expression[], joint: string) =>
    `(${parts.map((part) => expressionCondition(part, value, parameters)).join(joint)})`;
  // PostgreSQL's own expressions know neither of them.
  if (expression.kind === 'all') return conditions(expression.parts, ' AND ');
  if (expression.kind === 'not') return `NOT ${expressionCondition(expression.part, value, parameters)}`;
  if (expression.kind === 'nothing') return 'FALSE';
  if (expression.kind === 'choice' && isLogical(expression)) return conditions(expression.parts, ' OR ');
  return `(${value} ~ ${parameters.add(`^(?:${writeExpression(expression)})$`, 'text')})`;
}
