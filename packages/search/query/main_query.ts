import { booleanNode } from '../ast/boolean_node.ts';
import { type Box, boxOverlapNode } from '../ast/box_overlap_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { parseDismax } from '../parser/dismax.ts';
import { parseEdismax } from '../parser/edismax.ts';
import { javaFloat } from '../parser/java_number.ts';
import { checkClauses, checkFilters, checkFilterTexts, checkLength, longestQuery } from '../parser/limits.ts';
import { parseLocalQuery } from '../parser/local_query.ts';
import { parseLucene } from '../parser/lucene.ts';
import { defaultMinimumMatch } from '../parser/minimum_match.ts';
import { defaultQueryFields, parseQueryFields } from '../parser/query_fields.ts';
import { QuerySyntaxError } from '../parser/syntax_error.ts';
import { parameterTexts, withAddedScore, withMultipliedScore } from './constant_functions.ts';
import { engineError } from './search_error.ts';

export interface QueryContext {
  now: number;
  lowercaseOperators: 'fielded' | 'strict';
}

/** What decides how `q` is read, as the client gave it; `undefined` is absent. */
export interface MainQuery {
  q: string;
  defType: unknown;
  qf: string | undefined;
  mm: unknown;
  tie: unknown;
  bf: unknown;
  boost: unknown;
  box: Box | undefined;
}

/** The scored query (spec/search 4.1). @throws PortolanError `search` */
export function mainQuery(parameters: MainQuery, context: QueryContext): QueryNode {
  const { q } = parameters;
  return reading(q, () => {
    checkLength(q, longestQuery);
    return checkClauses(plainQuery(parameters, context), true);
  });
}

function plainQuery(parameters: MainQuery, context: QueryContext): QueryNode {
  const parser = parameters.box ? 'edismax' : parserOf(parameters);
  return parser === 'lucene'
    ? parseLucene(parameters.q, { ...context, scored: true })
    : scatteredQuery(parser, parameters, context);
}

function parserOf({ q, defType }: MainQuery): 'lucene' | 'dismax' | 'edismax' {
  const byText = isFielded(q) ? 'lucene' : 'dismax';
  // Of a list Solr reads the first; of none it has never heard that CKAN would have named another.
  const wanted = defType === undefined ? byText : (parameterTexts(defType)[0] ?? 'lucene');
  if (wanted === 'dismax' || wanted === 'edismax' || wanted === 'lucene') return wanted;
  throw new QuerySyntaxError(`Unknown query parser '${wanted}'`);
}

const isFielded = (q: string) => q.includes(':');

/** What CKAN sends where a client says nothing, and what Solr takes where CKAN sends nothing. */
const defaults = { qf: defaultQueryFields, tie: 0.1, mm: defaultMinimumMatch };
const solrDefaults = { qf: '', tie: 0, mm: '100%' };

function scatteredQuery(parser: 'dismax' | 'edismax', given: MainQuery, context: QueryContext): QueryNode {
  // To CKAN a text with a colon is for none but edismax, though the parser that the client names still reads it.
  const { qf, tie, mm } = asCkanKnows(given) ? defaults : solrDefaults;
  const options = {
    now: context.now,
    fields: parseQueryFields(given.qf ?? qf),
    tie: given.tie === undefined ? tie : tieOf(given.tie),
    minimumMatch: given.mm === undefined ? mm : (parameterTexts(given.mm)[0] ?? mm),
  };
  const node = parser === 'dismax' ? parseDismax(given.q, options) : parseEdismax(given.q, options);
  // What CKAN sends for a box takes the place of the client's own.
  const { box } = given;
  const added = box ? booleanNode({ must: [node, boxOverlapNode(box)] }) : withAddedScore(node, given.bf);
  return parser === 'edismax' ? withMultipliedScore(added, given.boost) : added;
}

const asCkanKnows = ({ q, defType, box }: MainQuery) =>
  !isFielded(q) || defType === 'edismax' || box !== undefined;

function tieOf(value: unknown): number {
  const tie = javaFloat(parameterTexts(value)[0] ?? '0');
  if (Number.isNaN(tie)) throw new QuerySyntaxError(`tie is no number: ${value}`);
  return tie;
}

/** The filters of a search: always lucene, never scored. @throws PortolanError `search` */
export function filterQueries(texts: readonly string[], context: QueryContext): QueryNode[] {
  const all = texts.length === 1 ? texts[0]! : `${texts[0]} …`;
  reading(all, () => checkFilterTexts(texts));
  const filters = texts.map((text) => filterQuery(text, context));
  reading(all, () => checkFilters(filters));
  return filters;
}

const filterQuery = (text: string, context: QueryContext): QueryNode =>
  reading(text, () => checkClauses(parseLocalQuery(text, context.now) ?? parseLucene(text, context), false));

function reading<Result>(text: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw engineError(text, error.message, error);
    throw error;
  }
}
