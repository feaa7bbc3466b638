import { invalid } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { isTruthy, natural } from '../action/parameters.ts';

export interface FoundTag {
  id: string;
  name: string;
  vocabulary_id: string | null;
}

export const tagParameters = {
  query: { type: 'list', meaning: 'Text, or texts, that the name of a tag has to hold.' },
  vocabulary_id: { type: 'text', meaning: 'Vocabulary, by id or name; without one, free tags in use.' },
  limit: { type: 'integer', meaning: 'Most tags to give.' },
  offset: { type: 'integer', meaning: 'Tags to leave out first.' },
  fields: { type: 'object', meaning: 'Deprecated: `tags` is one more text.' },
} as const;

/** Tags whose names hold all of the texts, by name. Source: CKAN's `_tag_search`. */
export async function findTags(call: Call, params: Params): Promise<{ count: number; tags: FoundTag[] }> {
  const limit = natural(params, 'limit');
  const offset = natural(params, 'offset') ?? 0;
  const none = { count: 0, tags: [] };
  const vocabulary = params['vocabulary_id'];
  if ('vocabulary_id' in params && !isTruthy(vocabulary)) throw invalid({ vocabulary_id: ['Missing value'] });
  const terms = termsOf(params);
  if (terms.length === 0) return none;
  const rows = await call.sql.prepared<FoundTag>(
    'find_tags',
    `SELECT id, name, vocabulary_id FROM tag t
     WHERE CASE WHEN $1::text IS NULL
         THEN vocabulary_id IS NULL AND EXISTS (SELECT FROM package_tag pt WHERE pt.tag_id = t.id)
         ELSE vocabulary_id IN (SELECT id FROM vocabulary WHERE id = $1 OR name = $1) END
       AND name ILIKE ALL ($2::text[])
     ORDER BY name COLLATE "C", id`,
    [vocabulary === undefined ? null : String(vocabulary), terms.map((term) => `%${escaped(term)}%`)],
  );
  const page = rows.slice(offset, limit === undefined ? undefined : offset + limit);
  return {
    count: rows.length,
    tags: page.map(({ id, name, vocabulary_id }) => ({ id, name, vocabulary_id })),
  };
}

const escaped = (term: string) => term.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '\ufffd');

function termsOf(params: Params): string[] {
  const given = isTruthy(params['query']) ? params['query'] : isTruthy(params['q']) ? params['q'] : [];
  const terms = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(terms) || !terms.every((term) => typeof term === 'string'))
    throw invalid({ query: ['Not a list of strings'] });
  const fields = params['fields'] ?? {};
  if (typeof fields !== 'object') throw invalid({ fields: ['Not a dictionary'] });
  const more = Object.entries(fields).filter(([name]) => name === 'tag' || name === 'tags');
  return [...terms.map((term) => term.trim()).filter(Boolean), ...more.map(([, value]) => String(value))];
}
