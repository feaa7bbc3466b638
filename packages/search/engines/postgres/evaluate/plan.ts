import type { BooleanNode } from '../../../ast/boolean_node.ts';
import type { QueryNode } from '../../../ast/query_node.ts';
import { mergeAlternatives } from '../../merge_alternatives.ts';
import { Bits } from '../column/bits.ts';
import type { Planning } from '../planning.ts';
import { allOf, atLeast, bestOf } from './combine.ts';
import type { Plan } from './match.ts';
import { planLeaf } from './plan_leaf.ts';
import { constantly } from './score.ts';
import { inOneStep } from './steps.ts';

/** A query as a plan over columns and look-ups, which it adds to `planning`; with `scored`, also what it is worth. */
export function planQuery(node: QueryNode, planning: Planning, scored: boolean): Plan {
  switch (node.kind) {
    case 'everything':
      return inOneStep((run) => constantly(run, run.among.copy(run.columns.size), scored ? 1 : undefined));
    case 'nothing':
      return nowhere(scored);
    case 'boolean':
      return planBoolean(scored ? node : mergeAlternatives(node), planning, scored);
    case 'bestOf':
      return bestOf(
        node.children.map((child) => planQuery(child, planning, scored)),
        node.tie,
      );
    case 'boost': {
      const child = planQuery(node.child, planning, scored);
      // Infinity would make a number of what does not match.
      const factor = Math.min(node.factor, 1e300);
      return function* (run) {
        const match = yield* child(run);
        const { bits, scores } = match;
        if (scores)
          bits.each((slot) => {
            scores[slot]! *= factor;
          });
        return match;
      };
    }
    case 'constantScore': {
      const child = planQuery(node.child, planning, false);
      return function* (run) {
        const { bits } = yield* child(run);
        return constantly(run, bits, scored ? node.score : undefined);
      };
    }
    default:
      return planLeaf(node, planning, scored);
  }
}

const nowhere = (scored: boolean): Plan =>
  inOneStep((run) => constantly(run, new Bits(run.columns.size), scored ? 1 : undefined));

function planBoolean(node: BooleanNode, planning: Planning, scored: boolean): Plan {
  if (node.must.length === 0 && node.should.length === 0) return nowhere(scored);
  const all = (nodes: readonly QueryNode[]) => nodes.map((child) => planQuery(child, planning, scored));
  const must = all(node.must);
  // Without scores, what is merely optional makes no difference.
  const should = scored || node.minimum > 0 ? all(node.should) : [];
  const mustNot = node.mustNot.map((child) => planQuery(child, planning, false));
  return allOf(must, atLeast(node.minimum, should), mustNot);
}
