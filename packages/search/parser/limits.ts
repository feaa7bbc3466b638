import { mergeSame } from '../ast/merge_same.ts';
import type { LeafNode, QueryNode } from '../ast/query_node.ts';
import { fieldOf } from '../schema/field_type.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/** Characters of `q`; Solr takes more, but nobody writes more. */
export const longestQuery = 100_000;
/** Characters of all filters of a search: lists of ids are long. */
const longestFilters = 400_000;
/** Parentheses inside parentheses. */
export const deepestNesting = 500;
/** Characters of a regular expression: longer ones take an engine longer than anybody waits. */
export const longestExpression = 1000;
/** Characters of one whose repetitions are written out; Lucene gives up at as many states. */
export const largestExpression = 10_000;
/** Different words of a phrase: one of more is in no text. */
export const mostPhraseWords = 1024;
/** Fields that one search is sorted by. */
export const mostSortItems = 64;
/** Fields that one search counts the values of. */
export const mostFacets = 100;
/** Characters of the fields that one search asks for. */
export const longestFieldList = 100_000;
/** Patterns such as `extras_*` among the fields that one search asks for. */
export const mostFieldPatterns = 100;
/** Filters of one search. */
const mostFilters = 256;
/** Solr's `maxBooleanClauses`. */
export const mostClauses = 1024;
/** What all filters of a search may have between them. */
const mostClausesOfFilters = 2 * mostClauses;

/** Looks at all filters of a search before any is read. @throws QuerySyntaxError */
export function checkFilterTexts(texts: readonly string[]): void {
  if (texts.length > mostFilters) throw new QuerySyntaxError(`more than ${mostFilters} filters`);
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > longestFilters)
    throw new QuerySyntaxError(`the filters are longer than ${longestFilters} characters`);
}

export function checkLength(text: string, longest: number): void {
  if (text.length > longest) throw new QuerySyntaxError(`the query is longer than ${longest} characters`);
}

/** In a filter, any number of these in one field are one set. */
export const isExactTerm = (node: QueryNode) => node.kind === 'term' && fieldOf(node.field).type === 'string';

// Alternatives of whole values in a filter are one set to Lucene, however many they are.
function countOf(nodes: readonly QueryNode[], scored: boolean, termsOf: TermsOf): number {
  const counted = scored ? nodes : nodes.filter((node) => !isExactTerm(node));
  if (counted.length > mostClauses) tooMany();
  const rest = counted.length < nodes.length ? 1 : 0;
  return counted.reduce((sum, child) => sum + leavesOf(child, scored, termsOf), rest);
}

/** How many terms of the index an engine would have to look up. @throws QuerySyntaxError */
export function leavesOf(node: QueryNode, scored: boolean, termsOf: TermsOf = () => 1): number {
  const count = (nodes: readonly QueryNode[]) => countOf(nodes, scored, termsOf);
  switch (node.kind) {
    case 'boolean':
      return count(node.should) + count(node.must) + count(node.mustNot);
    case 'bestOf':
      return count(node.children);
    case 'boost':
    case 'constantScore':
      return leavesOf(node.child, scored, termsOf);
    case 'everything':
      return 1;
    case 'nothing':
      return 0;
    default:
      return termsOf(node);
  }
}

/** Thrown as soon as it is certain, before the rest of the query is understood. */
export class TooManyClauses extends QuerySyntaxError {
  constructor() {
    super(`Query contains too many nested clauses; maxClauseCount is set to ${mostClauses}`);
  }
}

export function tooMany(): never {
  throw new TooManyClauses();
}

/** How many terms of the index a part of a query stands for. */
type TermsOf = (leaf: LeafNode) => number;

/**
 * Counts what an engine would have to look up, as Lucene does when it rewrites a query.
 * @returns the same query; with what it repeats said once where it would be too much otherwise.
 * @throws QuerySyntaxError
 */
export function checkClauses(node: QueryNode, scored: boolean, termsOf: TermsOf = () => 1): QueryNode {
  if (leavesOf(node, scored, termsOf) <= mostClauses) return node;
  const once = mergeSame(node);
  if (leavesOf(once, scored, termsOf) > mostClauses) tooMany();
  return once;
}

/** Counts the clauses of all filters of a search together. @throws QuerySyntaxError */
export function checkFilters(filters: readonly QueryNode[]): void {
  const leaves = filters.reduce((sum, filter) => sum + leavesOf(filter, false), 0);
  if (leaves > mostClausesOfFilters) tooMany();
}
