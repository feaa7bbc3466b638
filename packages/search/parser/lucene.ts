import { isEmptyToJava } from '../analysis/white_space.ts';
import { booleanNode } from '../ast/boolean_node.ts';
import { everything } from '../ast/everything_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { fieldOf, isTokenised } from '../schema/field_type.ts';
import { resolveEscapes } from './escapes.ts';
import {
  analyse,
  type LeafContext,
  quotedLeafQuery,
  rangeQuery,
  textQuery,
  wordQuery,
} from './field_query.ts';
import { parseSyntax } from './grammar.ts';
import { type Interpretation, repairTopLevel, resolveLevel } from './levels.ts';
import { tokenise } from './lexer.ts';
import { mostClauses } from './limits.ts';
import { raiseLowercaseOperators } from './lowercase_operators.ts';
import type { Leaf } from './syntax.ts';

/** The field of words without one; CKAN sends it with every query. */
const defaultField = 'text';

export interface LuceneOptions {
  now: number;
  /** `fielded`: a lower-case `and`, `or` between fielded clauses is an operator; `strict`: always a word. */
  lowercaseOperators: 'fielded' | 'strict';
  /** Between clauses without an operator; CKAN sends `and` with every query. */
  operator?: 'and' | 'or';
  /** Whether whole values of exact fields count as clauses: in a filter any number of them is one set. */
  scored?: boolean;
}

/** A query in Solr's lucene syntax (spec/search 4.2 to 4.6). @throws QuerySyntaxError */
export function parseLucene(text: string, options: LuceneOptions): QueryNode {
  if (isEmptyToJava(text)) return nothing;
  const read = tokenise(text);
  const tokens = options.lowercaseOperators === 'fielded' ? raiseLowercaseOperators(read) : read;
  const context = { now: options.now, operator: options.operator ?? 'and' };
  const how = interpretation(context, options.scored ?? false);
  const clauses = resolveLevel(parseSyntax(text, tokens), undefined, how);
  return clauses.length === 0 ? nothing : repairTopLevel(clauses, how);
}

function interpretation(context: LeafContext, scored: boolean): Interpretation {
  return {
    operator: context.operator,
    scored,
    repairsNegation: false,
    leaf: (leaf, field) => leafQuery(leaf, field, context),
    words: (words, field) => [wordsQuery(words.map(resolveEscapes), field ?? defaultField, context)],
  };
}

export function leafQuery(
  leaf: Leaf,
  field: string | undefined,
  context: LeafContext,
): QueryNode | undefined {
  if (leaf.kind === 'word' && leaf.shape === 'star' && field === undefined) return everything;
  const name = field ?? defaultField;
  if (leaf.kind === 'word') return wordQuery(leaf, name, context);
  return leaf.kind === 'quoted' ? quotedLeafQuery(leaf, name, context) : rangeQuery(leaf, name, context);
}

// On a text field all words are analysed together. On an exact field any of them will do: a quirk of Solr's
// that `fq=tags:(a b)` has come to depend on.
function wordsQuery(words: string[], field: string, context: LeafContext): QueryNode | undefined {
  const { type } = fieldOf(field);
  if (!isTokenised(type))
    return booleanNode({
      should: words.map((word) => textQuery(field, word, context)).filter((node) => !!node),
    });
  const terms = analyse(words.join(' '), type, context, mostClauses).map((found) =>
    termNode(field, found.terms),
  );
  if (terms.length < 2) return terms[0];
  return booleanNode(context.operator === 'and' ? { must: terms } : { should: terms });
}
