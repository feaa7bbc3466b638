import type { LeafNode } from '../ast/query_node.ts';
import { checkClauses } from '../parser/limits.ts';
import { QuerySyntaxError } from '../parser/syntax_error.ts';
import type { EffectiveQuery } from '../query/effective_query.ts';
import { searchError } from '../query/search_error.ts';

/**
 * Counts clauses once more, a part of the query as what an engine knows that it stands for.
 * @throws a search error when there are more than Lucene bears
 */
export function checkTerms({ query, filters }: EffectiveQuery, termsOf: (leaf: LeafNode) => number): void {
  try {
    checkClauses(query, true, termsOf);
    for (const filter of filters) checkClauses(filter, false, termsOf);
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw searchError(error.message);
    throw error;
  }
}
