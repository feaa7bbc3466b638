import type { Expression } from './expression.ts';

/**
 * How many characters and classes an expression has when its repetitions are written out, as an automaton has to
 * write them: `(ab{3}){2}` has eight.
 */
export function expressionSize(expression: Expression): number {
  switch (expression.kind) {
    case 'sequence':
    case 'choice':
    case 'all':
      return Math.max(
        1,
        expression.parts.reduce((sum, part) => sum + expressionSize(part), 0),
      );
    case 'not':
      return expressionSize(expression.part);
    case 'repeat':
      return expressionSize(expression.part) * Math.max(1, expression.least, expression.most ?? 0);
    default:
      return 1;
  }
}
