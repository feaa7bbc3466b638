import type { PatternNode } from '../ast/pattern_node.ts';
import type { LeafNode } from '../ast/query_node.ts';
import type { TermRangeNode } from '../ast/range_node.ts';
import type { RegularExpressionNode } from '../ast/regular_expression_node.ts';
import { ExpressionAutomaton } from '../expression/expression_automaton.ts';
import { byCodePoint } from './code_points.ts';
import { patternTest } from './pattern_test.ts';

/** Documents with a term of some shape. */
export type ShapeNode = PatternNode | RegularExpressionNode | TermRangeNode;

export const isShape = (leaf: LeafNode): leaf is ShapeNode =>
  leaf.kind === 'pattern' || leaf.kind === 'regularExpression' || leaf.kind === 'termRange';

/** Whether a term has the shape. The test throws a search error where the shape is too complex. */
export function shapeTest(node: ShapeNode): (term: string) => boolean {
  switch (node.kind) {
    case 'pattern':
      return patternTest(node.pieces);
    case 'regularExpression': {
      const automaton = new ExpressionAutomaton(node.expression);
      return (term) => automaton.matches(term);
    }
    case 'termRange':
      return rangeTest(node);
  }
}

export function rangeTest({ lower, upper }: TermRangeNode): (term: string) => boolean {
  const above = lower && (lower.inclusive ? 0 : 1);
  const below = upper && (upper.inclusive ? 0 : -1);
  return (term) =>
    (above === undefined || byCodePoint(term, lower!.value) >= above) &&
    (below === undefined || byCodePoint(term, upper!.value) <= below);
}
