import { nothing } from '../ast/nothing_node.ts';
import { patternNode } from '../ast/pattern_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { termNode } from '../ast/term_node.ts';
import { fieldOf } from '../schema/field_type.ts';
import { quotedQuery } from './field_query.ts';
import { readLocalParameters } from './local_parameters.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/**
 * A query that names its own parser: `{!term f=tags}a b`, `{!field f=title}a b`, `{!prefix f=name}a`. Which of them
 * a client may name is decided before (`ckan.search.solr_allowed_query_parsers`); undefined where none is named.
 * @throws QuerySyntaxError
 */
export function parseLocalQuery(text: string, now: number): QueryNode | undefined {
  const read = readLocalParameters(text);
  if (!read) return undefined;
  if ('problem' in read) throw new QuerySyntaxError(read.problem);
  const { parser, parameters, rest } = read;
  const field = parameters.get('f');
  const value = parameters.get('v') ?? rest;
  if (field === undefined) throw new QuerySyntaxError(`The parser ${parser} needs a field`);
  switch (parser) {
    case 'term':
      return termNode(field, [value]);
    case 'field':
      return quotedQuery(field, value, 0, { now, operator: 'and' }) ?? nothing;
    case 'prefix':
      if (['date', 'int', 'float'].includes(fieldOf(field).type))
        throw new QuerySyntaxError("Can't run prefix queries on numeric fields");
      return patternNode(field, [{ text: value }, { wild: 'any' }]);
    default:
      throw new QuerySyntaxError(`Unknown query parser '${parser}'`);
  }
}
