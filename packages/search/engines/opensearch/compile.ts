import type { BooleanNode } from '../../ast/boolean_node.ts';
import type { QueryNode } from '../../ast/query_node.ts';
import { mergeAlternatives } from '../merge_alternatives.ts';
import { type Clause, constantly, everyDocument, noDocument } from './clauses.ts';
import { compileLeaf } from './compile_leaf.ts';

/** Lucene's scores are floats. */
const largest = 3e38;

/** The query as OpenSearch's own, which is Lucene's: what scores in Solr scores alike. */
export function compileQuery(node: QueryNode, scored: boolean): Clause {
  const compiled = (child: QueryNode) => compileQuery(child, scored);
  switch (node.kind) {
    case 'everything':
      return everyDocument;
    case 'nothing':
      return noDocument;
    case 'boolean':
      return compileBoolean(scored ? node : mergeAlternatives(node), compiled);
    case 'bestOf':
      return { dis_max: { queries: node.children.map(compiled), tie_breaker: node.tie } };
    case 'boost':
      return { bool: { must: [compiled(node.child)], boost: Math.min(node.factor, largest) } };
    case 'constantScore':
      return constantly(compileQuery(node.child, false), Math.min(node.score, largest));
    default:
      return compileLeaf(node, scored);
  }
}

function compileBoolean(
  { must, should, mustNot, minimum }: BooleanNode,
  compiled: (child: QueryNode) => Clause,
): Clause {
  // Lucene, unlike OpenSearch, finds nothing by what must not be alone.
  if (must.length === 0 && should.length === 0) return noDocument;
  return {
    bool: {
      must: must.map(compiled),
      should: should.map(compiled),
      must_not: mustNot.map((child) => compileQuery(child, false)),
      minimum_should_match: minimum,
    },
  };
}
