import { isEmptyToJava, javaBlank } from '../analysis/white_space.ts';
import { bestOfNode } from '../ast/best_of_node.ts';
import { boostNode } from '../ast/boost_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { resolveEscapes } from './escapes.ts';
import { type LeafContext, quotedQuery, textQuery } from './field_query.ts';
import { forgiving } from './forgiving.ts';
import { parseSyntax } from './grammar.ts';
import { combine, type Interpretation, resolveLevel } from './levels.ts';
import { minimumMatch } from './minimum_match.ts';
import type { QueryField } from './query_fields.ts';
import { QuerySyntaxError } from './syntax_error.ts';

export interface DismaxOptions {
  now: number;
  fields: QueryField[];
  tie: number;
  minimumMatch: string;
}

/**
 * A query in Solr's dismax syntax: words, phrases, `+`, `-` and the upper-case operators, each word looked for
 * in every field of `qf` (spec/search 4.7). @throws QuerySyntaxError
 */
export function parseDismax(text: string, options: DismaxOptions): QueryNode {
  if (isEmptyToJava(text)) return nothing;
  const how = interpretation(options);
  const clauses = resolveLevel(parseSyntax(prepare(text)), undefined, how);
  if (clauses.length === 0) return nothing;
  const optional = clauses.filter((clause) => clause.occur === 'should').length;
  const single = clauses.length === 1 && optional === 1;
  return combine(clauses, how, single ? 0 : minimumMatch(optional, options.minimumMatch));
}

const severalSigns = new RegExp(`(?<!${javaBlank})${javaBlank}+[+-](?:${javaBlank}*[+-]+)+`, 'g');
const blank = new RegExp(javaBlank);
const blankOrSign = new RegExp(`${javaBlank}|[+-]`);

function prepare(text: string): string {
  const quotes = text.split('"').length - 1;
  const prepared = (quotes % 2 === 1 ? text.replaceAll('"', '') : text)
    .replace(/[\\!():^[\]/{}~*?]/g, '\\$&')
    .replace(severalSigns, ' ');
  return withoutTrailingSigns(prepared);
}

// No regular expression: it would look for the end from each of many spaces.
function withoutTrailingSigns(text: string): string {
  let tail = text.length;
  while (tail > 0 && blankOrSign.test(text[tail - 1]!)) tail--;
  const space = text.slice(tail).search(blank);
  return space >= 0 && tail + space + 1 < text.length ? text.slice(0, tail + space) : text;
}

function interpretation(options: DismaxOptions): Interpretation {
  const context: LeafContext = { now: options.now, operator: 'or' };
  const over = (query: (field: string) => QueryNode | undefined) => overFields(options, query);
  return {
    operator: 'or',
    repairsNegation: false,
    scored: true,
    *words(words) {
      for (const word of words) yield over((field) => textQuery(field, resolveEscapes(word), context));
    },
    leaf(leaf) {
      if (leaf.kind === 'quoted')
        return over((field) => quotedQuery(field, resolveEscapes(leaf.text), 0, context));
      if (leaf.kind === 'range') return undefined;
      return over((field) => textQuery(field, resolveEscapes(leaf.text), context));
    },
  };
}

/** The best of one query over all fields of `qf`; fields in which nothing is left of it do not count. */
export function overFields(
  options: Pick<DismaxOptions, 'fields' | 'tie'>,
  query: (field: string) => QueryNode | undefined,
): QueryNode | undefined {
  const children: QueryNode[] = [];
  for (const { name, boost } of options.fields) {
    const node = forgiving(true, () => query(name));
    if (node) children.push(boostNode(node, boost));
  }
  if (children.length === 0) return undefined;
  const best = checkedBestOf(children, options.tie);
  return children.length > 1 ? best : children[0];
}

/** The best of at least one query: only here does a tie have to make sense. @throws QuerySyntaxError */
export function checkedBestOf(children: readonly QueryNode[], tie: number): QueryNode {
  if (!(tie >= 0 && tie <= 1))
    throw new QuerySyntaxError(`tieBreakerMultiplier must be in [0, 1], not ${tie}`);
  return bestOfNode(children, tie);
}
