import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { isTruthy, natural } from '../action/parameters.ts';
import { findVocabulary, type TagRow } from './find.ts';

export const searchParameters: Record<string, Parameter> = {
  query: { type: 'text', meaning: 'A text that the names hold; of several, all.' },
  q: { type: 'text', meaning: 'Another name of `query`.' },
  fields: { type: 'object', meaning: 'Older form: `{"tags": text}` or `{"tag": text}`.' },
  vocabulary_id: { type: 'text', meaning: 'Id or name of a vocabulary; free tags when missing.' },
  limit: { type: 'integer', meaning: 'Most tags.' },
  offset: { type: 'integer', meaning: 'Tags to leave out first.' },
};

/** The terms of a request: of an object its names, as CKAN reads it; what is no text finds nothing. */
export function termsOf(params: Params): string[] {
  const fields = params['fields'];
  const older = isObject(fields) ? [fields['tag'], fields['tags']].flat() : [];
  const query = params['query'] ?? params['q'];
  const given = isObject(query) ? Object.keys(query) : [query].flat();
  return [...given, ...older]
    .filter((term): term is string => typeof term === 'string' && !term.includes('\0'))
    .map((term) => term.trim())
    .filter(Boolean);
}

const isObject = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Tags whose names hold all terms, whatever their case; none without a term. Of the free ones those that a dataset has or
 * had. Where nothing is to be cut, nobody reads how much. Source: CKAN `_tag_search`.
 */
export async function searchTags(call: Call, params: Params): Promise<{ count: number; tags: TagRow[] }> {
  const terms = termsOf(params);
  const nothing = { count: 0, tags: [] };
  if (terms.length === 0) return nothing;
  const vocabulary = isTruthy(params['vocabulary_id'])
    ? await findVocabulary(call.sql, params['vocabulary_id'])
    : null;
  if (vocabulary === undefined) return nothing;
  const limit = natural(params, 'limit');
  const offset = natural(params, 'offset') ?? 0;
  const rows = await call.sql.prepared<TagRow>(
    'search_tags',
    `SELECT t.id, t.name, t.vocabulary_id FROM tag t
     WHERE t.vocabulary_id IS NOT DISTINCT FROM $1 AND t.name ILIKE ALL ($2)
       AND ($1 IS NOT NULL OR EXISTS (SELECT FROM package_tag pt WHERE pt.tag_id = t.id))
     ORDER BY t.name, t.id`,
    [vocabulary?.id ?? null, terms.map((term) => `%${term.replace(/[\\%_]/g, '\\$&')}%`)],
  );
  const end = limit === undefined ? undefined : offset + limit;
  return { count: rows.length, tags: rows.slice(offset, end) };
}
