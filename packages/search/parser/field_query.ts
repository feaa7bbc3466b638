import { analyseForQuery, normaliseTerm, type QueryPosition } from '../analysis/analyser.ts';
import { booleanNode } from '../ast/boolean_node.ts';
import { everything } from '../ast/everything_node.ts';
import { existsNode } from '../ast/exists_node.ts';
import { fuzzyNode } from '../ast/fuzzy_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import { type PatternPiece, patternNode } from '../ast/pattern_node.ts';
import { phraseNode } from '../ast/phrase_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { type Bound, termRangeNode } from '../ast/range_node.ts';
import { regularExpressionNode } from '../ast/regular_expression_node.ts';
import { termNode } from '../ast/term_node.ts';
import { parseExpression } from '../expression/parse.ts';
import { expressionSize } from '../expression/size.ts';
import { type FieldType, fieldOf, isTokenised } from '../schema/field_type.ts';
import { parseMoment } from './date_math.ts';
import { resolveEscapes } from './escapes.ts';
import { javaFloatValue, javaInteger } from './java_number.ts';
import { largestExpression, longestExpression, mostClauses, mostPhraseWords } from './limits.ts';
import { numbersBetween } from './number_range.ts';
import type { QuotedLeaf, RangeBound, RangeLeaf, WordLeaf } from './syntax.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/** What the leaves of a query are read with. */
export interface LeafContext {
  /** Milliseconds; `NOW` of the whole request. */
  now: number;
  operator: 'and' | 'or';
}

const analysed = new WeakMap<LeafContext, Map<string, QueryPosition[]>>();

/** The terms of a text of the query, analysed once for all fields of a type. */
export function analyse(
  text: string,
  type: FieldType,
  context: LeafContext,
  most = Number.POSITIVE_INFINITY,
): QueryPosition[] {
  const known = analysed.get(context) ?? new Map<string, QueryPosition[]>();
  analysed.set(context, known);
  const key = `${type} ${most} ${text}`;
  const found = known.get(key) ?? analyseForQuery(text, type, most);
  known.set(key, found);
  return found;
}

/** Documents whose field has this text (escapes resolved); undefined where analysis leaves nothing of it. */
export function textQuery(field: string, text: string, context: LeafContext): QueryNode | undefined {
  const { type } = fieldOf(field);
  if (type === 'string') return termNode(field, [text]);
  if (!isTokenised(type)) return pointQuery(field, text, context);
  const terms = analyse(text, type, context, mostClauses).map((found) => termNode(field, found.terms));
  if (terms.length < 2) return terms[0];
  return booleanNode(context.operator === 'and' ? { must: terms } : { should: terms });
}

export function quotedQuery(
  field: string,
  text: string,
  slop: number,
  context: LeafContext,
): QueryNode | undefined {
  const { type } = fieldOf(field);
  if (!isTokenised(type)) return textQuery(field, text, context);
  const found = analyse(text, type, context);
  if (new Set(found.flatMap(({ terms }) => terms)).size > mostPhraseWords)
    throw new QuerySyntaxError(`a phrase has more than ${mostPhraseWords} different words`);
  if (found.length === 0) return undefined;
  if (found.length === 1) return termNode(field, found[0]!.terms);
  return phraseNode(field, offsetsOf(found), slop);
}

function offsetsOf(found: QueryPosition[]) {
  const start = found[0]!.position;
  return found.map(({ position, terms }) => ({ offset: position - start, terms }));
}

function pointQuery(field: string, text: string, context: LeafContext): QueryNode {
  const value = numberOf(field, text, context);
  const bound = { value, inclusive: true };
  return numbersBetween(field, bound, bound);
}

function numberOf(field: string, text: string, context: LeafContext): number {
  const { type } = fieldOf(field);
  if (type === 'date') return parseMoment(text, context.now);
  const value = type === 'int' ? javaInteger(text) : javaFloatValue(text);
  if (value === undefined) throw new QuerySyntaxError(`Invalid Number: ${text} for field ${field}`);
  return value;
}

/** Numbers and dates: they have no terms for a pattern to be like. */
const isPoint = (type: FieldType) => type === 'date' || type === 'int' || type === 'float';

/** A word as the grammar read it: a term, a pattern, a regular expression or a fuzzy term. */
export function wordQuery(leaf: WordLeaf, field: string, context: LeafContext): QueryNode | undefined {
  const { type } = fieldOf(field);
  switch (leaf.shape) {
    case 'star':
      return field === '*' ? everything : existsNode(field);
    case 'prefix':
      if (isPoint(type)) throw new QuerySyntaxError("Can't run prefix queries on numeric fields");
      return patternNode(field, piecesOf(leaf.text, field));
    case 'wild':
      return isPoint(type) ? nothing : patternNode(field, piecesOf(leaf.text, field));
    case 'regex': {
      if (leaf.text.length > longestExpression)
        throw new QuerySyntaxError(`an expression is longer than ${longestExpression} characters`);
      const query = expressionQuery(field, normaliseTerm(leaf.text.slice(1, -1), type));
      return isPoint(type) ? nothing : query;
    }
    case 'term':
      return leaf.fuzzy === undefined
        ? textQuery(field, resolveEscapes(leaf.text), context)
        : fuzzyQuery(field, resolveEscapes(leaf.text), leaf.fuzzy);
  }
}

function expressionQuery(field: string, source: string): QueryNode {
  const expression = parseExpression(source);
  if (expressionSize(expression) > largestExpression)
    throw new QuerySyntaxError('an expression repeats too much');
  return regularExpressionNode(field, source, expression);
}

const mostEdits = 2;

function fuzzyQuery(field: string, text: string, similarity: string): QueryNode {
  const { type } = fieldOf(field);
  const term = normaliseTerm(text, type);
  const wanted = similarity === '' ? mostEdits : Number(similarity);
  if (wanted >= 1 && !Number.isInteger(wanted))
    throw new QuerySyntaxError('Fractional edit distances are not allowed!');
  if (isPoint(type)) return nothing;
  const length = Array.from(term).length;
  const edits = wanted >= 1 ? wanted : wanted === 0 ? 0 : Math.trunc((1 - wanted) * length);
  return edits === 0 ? termNode(field, [term]) : fuzzyNode(field, term, Math.min(edits, mostEdits));
}

function piecesOf(raw: string, field: string): PatternPiece[] {
  const { type } = fieldOf(field);
  const pieces: PatternPiece[] = [];
  for (const [part] of raw.matchAll(/[*?]|(?:\\[\s\S]|[^*?\\])+/g)) {
    if (part === '*') {
      const last = pieces.at(-1);
      if (!last || !('wild' in last) || last.wild !== 'any') pieces.push({ wild: 'any' });
    } else if (part === '?') pieces.push({ wild: 'one' });
    else pieces.push({ text: normaliseTerm(resolveEscapes(part), type) });
  }
  return pieces;
}

export function quotedLeafQuery(
  leaf: QuotedLeaf,
  field: string,
  context: LeafContext,
): QueryNode | undefined {
  const slop = leaf.slop ? Math.trunc(Number(leaf.slop)) : 0;
  return quotedQuery(field, resolveEscapes(leaf.text), slop, context);
}

export function rangeQuery(leaf: RangeLeaf, field: string, context: LeafContext): QueryNode {
  const { type } = fieldOf(field);
  if (leaf.lower.text === undefined && leaf.upper.text === undefined) return existsNode(field);
  if (isPoint(type)) {
    const bound = boundOf((text) => numberOf(field, text, context));
    return numbersBetween(field, bound(leaf.lower), bound(leaf.upper));
  }
  const bound = boundOf((text) => normaliseTerm(text, type));
  return termRangeNode(field, bound(leaf.lower), bound(leaf.upper));
}

const boundOf =
  <Value>(read: (text: string) => Value) =>
  ({ text, inclusive }: RangeBound): Bound<Value> | undefined =>
    text === undefined ? undefined : { value: read(resolveEscapes(text)), inclusive };
