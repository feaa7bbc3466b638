import { trimmedAsJava } from '../analysis/white_space.ts';
import { booleanNode } from '../ast/boolean_node.ts';
import { boostNode } from '../ast/boost_node.ts';
import { constantScoreNode } from '../ast/constant_score_node.ts';
import { everything } from '../ast/everything_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { javaFloat } from '../parser/java_number.ts';
import { weighted } from '../parser/query_fields.ts';
import { QuerySyntaxError } from '../parser/syntax_error.ts';
import { pythonStr } from './python_text.ts';

// Of Solr's functions there are the constants only: a search must not become a program. What they do to scores is
// what Solr makes of them, where a score is never below 0.

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number as Solr's functions have it. @throws QuerySyntaxError */
function constant(text: string): number {
  if (!number.test(text)) throw new QuerySyntaxError(`Unknown function in '${text}'`);
  return Math.max(0, javaFloat(text));
}

/** A parameter that may be given several times, as it reaches Solr: a list is each of its values. */
export const parameterTexts = (value: unknown): string[] => {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map(pythonStr);
  return typeof value === 'object' && value !== null ? Object.keys(value) : [pythonStr(value)];
};

/** Lucene's scores are floats. */
const largest = 3.4e38;
const finite = (value: number) => Math.min(value, largest);

/** `bf`: what is added to the score of whatever the query finds. @throws QuerySyntaxError */
export function withAddedScore(node: QueryNode, bf: unknown): QueryNode {
  const added = parameterTexts(bf).flatMap((text) => {
    // One that is written twice counts once, with the later weight.
    const parts = trimmedAsJava(text)
      .split(/[ \t\n\v\f\r]+/)
      .filter(Boolean)
      .map(weighted);
    const functions = new Map(parts.map(({ name, weight }) => [name, weight ?? 1]));
    return [...functions].map(([name, weight]) => {
      if (!(weight >= 0)) throw new QuerySyntaxError(`boost must be a positive float in '${text}'`);
      return finite(constant(name)) * finite(weight);
    });
  });
  if (added.length === 0) return node;
  // However many they are, they add one number.
  const sum = finite(added.reduce((sum, one) => sum + one, 0));
  return booleanNode({ must: [node], should: [constantScoreNode(everything, sum)] });
}

/** `boost` of edismax: what the score of whatever the query finds is multiplied by. @throws QuerySyntaxError */
export function withMultipliedScore(node: QueryNode, boost: unknown): QueryNode {
  const factors = parameterTexts(boost).filter((text) => text !== '');
  return boostNode(
    node,
    factors.reduce((product, text) => product * constant(trimmedAsJava(text)), 1),
  );
}
