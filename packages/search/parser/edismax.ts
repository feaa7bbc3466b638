import { isEmptyToJava } from '../analysis/white_space.ts';
import { type BooleanNode, booleanNode } from '../ast/boolean_node.ts';
import { boostNode } from '../ast/boost_node.ts';
import { everything } from '../ast/everything_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { fieldOf, isTokenised } from '../schema/field_type.ts';
import { checkedBestOf, type DismaxOptions, overFields } from './dismax.ts';
import { escapeQuery, escapeStrayColons } from './edismax_clauses.ts';
import { resolveEscapes } from './escapes.ts';
import { analyse, type LeafContext, textQuery } from './field_query.ts';
import { forgiving } from './forgiving.ts';
import { parseSyntax } from './grammar.ts';
import { combine, type Interpretation, type Resolved, resolveLevel } from './levels.ts';
import { mostClauses, TooManyClauses, tooMany } from './limits.ts';
import { leafQuery } from './lucene.ts';
import { MinimumMatchError, minimumMatch } from './minimum_match.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/**
 * A query in Solr's edismax syntax: the whole lucene grammar, with words without a field looked for in every
 * field of `qf`. What cannot be read is read again as plain words (spec/search 4.7). @throws QuerySyntaxError
 */
export function parseEdismax(text: string, options: DismaxOptions): QueryNode {
  if (isEmptyToJava(text)) return nothing;
  try {
    return parse(escapeStrayColons(text), options);
  } catch (error) {
    // Whatever was wrong with it, the words are still to be looked for.
    if (!(error instanceof QuerySyntaxError)) throw error;
    if (error instanceof TooManyClauses || error instanceof MinimumMatchError) throw error;
  }
  return parse(escapeQuery(text), options);
}

function parse(text: string, options: DismaxOptions): QueryNode {
  if (isEmptyToJava(text)) return nothing;
  const how = interpretation(options);
  const clauses = resolveLevel(parseSyntax(text), undefined, how);
  if (!isCounted(clauses)) return combine(clauses, how);
  const optional = clauses.filter((clause) => clause.occur === 'should').length;
  const minimum = minimumMatch(optional, options.minimumMatch);
  return clauses.length === 0 ? nothing : combine(clauses, how, minimum);
}

// What only excludes is made another query, whose clauses are not counted; an optional clause that is left alone is
// the query itself.
function isCounted(clauses: Resolved[]): boolean {
  const [first] = clauses;
  if (clauses.length === 1 && first?.occur === 'should') return false;
  return clauses.length === 0 || clauses.some(({ occur }) => occur !== 'mustNot');
}

function interpretation(options: DismaxOptions): Interpretation {
  const context: LeafContext = { now: options.now, operator: 'and' };
  return {
    operator: 'and',
    repairsNegation: true,
    scored: true,
    leaf(leaf, field) {
      if (leaf.kind === 'word' && leaf.shape === 'star' && (field ?? '*') === '*') return everything;
      // Solr does not spread an expression over the fields of qf: it looks in a field that nobody has.
      if (leaf.kind === 'word' && leaf.shape === 'regex' && field === undefined) return nothing;
      const inField = (name: string) => counted(options, () => leafQuery(leaf, name, context));
      return field === undefined ? overFields(options, inField) : inField(field);
    },
    words(words, field) {
      const plain = words.map(resolveEscapes);
      if (field !== undefined) return [counted(options, () => wordsIn(field, plain, context))];
      return [wordsOverFields(plain, options, context)];
    },
  };
}

/** Solr counts how many terms of a text must match, too, and passes over a text for which it cannot. */
const counted = ({ minimumMatch: specification }: DismaxOptions, query: () => QueryNode | undefined) =>
  forgiving(true, () => {
    const node = query();
    if (node?.kind === 'boolean') minimumMatch(0, specification);
    return node;
  });

function wordsIn(field: string, words: string[], context: LeafContext): QueryNode | undefined {
  const { type } = fieldOf(field);
  const nodes = isTokenised(type)
    ? analyse(words.join(' '), type, context, mostClauses).map((found) => termNode(field, found.terms))
    : words.map((word) => textQuery(field, word, context)).filter((node) => node !== undefined);
  return nodes.length < 2 ? nodes[0] : booleanNode({ must: nodes });
}

/** Words times fields that are read, so that they can be counted. */
const mostRead = 16 * mostClauses;

// Where every field falls into the same number of terms, each word may match in another field; otherwise one
// field has to match them all.
function wordsOverFields(
  words: string[],
  options: DismaxOptions,
  context: LeafContext,
): QueryNode | undefined {
  const found: { node: QueryNode; boost: number }[] = [];
  let read = 0;
  for (const { name, boost } of options.fields) {
    const node = counted(options, () => wordsIn(name, words, context));
    if (node) found.push({ node, boost });
    // What is repeated counts once, but nobody repeats so much.
    read += node?.kind === 'boolean' ? node.must.length : 1;
    if (read > mostRead) tooMany();
  }
  if (found.length === 0) return undefined;
  const nodes = found.map(({ node }) => node);
  if (!haveSameStructure(nodes))
    return checkedBestOf(
      found.map(({ node, boost }) => boostNode(node, boost)),
      options.tie,
    );
  const must = nodes[0]!.must.map((_, place) =>
    checkedBestOf(
      found.map(({ node, boost }) => boostNode((node as BooleanNode).must[place]!, boost)),
      options.tie,
    ),
  );
  return booleanNode({ must });
}

function haveSameStructure(nodes: QueryNode[]): nodes is BooleanNode[] {
  const [first] = nodes;
  if (first?.kind !== 'boolean') return false;
  const shape = shapeOf(first);
  return nodes.every((node) => node.kind === 'boolean' && shapeOf(node) === shape);
}

const shapeOf = (node: BooleanNode) =>
  node.must
    .map((child) => (child.kind === 'term' && child.terms.length > 1 ? 'synonyms' : child.kind))
    .join();
