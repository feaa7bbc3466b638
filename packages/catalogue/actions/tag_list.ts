import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { isTruthy, looseFlag } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { findVocabulary, presentTag, type TagRow } from '../tag/find.ts';
import { searchTags, termsOf } from '../tag/search.ts';

export const tagList = readAction({
  name: 'tag_list',
  summary: 'Names of the free tags in use, or of all tags of a vocabulary.',
  parameters: {
    query: { type: 'text', meaning: 'A text that the names hold.' },
    q: { type: 'text', meaning: 'Another name of `query`.' },
    vocabulary_id: { type: 'text', meaning: 'Id or name of a vocabulary.' },
    all_fields: { type: 'boolean', meaning: 'Whole tags in place of names.' },
  },
  authorise: anyone,
  async handle(call, params) {
    const vocabulary = params['vocabulary_id'];
    const within = isTruthy(vocabulary) ? await findVocabulary(call.sql, vocabulary) : undefined;
    if (isTruthy(vocabulary) && !within) throw notFound(`could not find vocabulary '${vocabulary}'`);
    const searched = termsOf(params).length > 0;
    const tags = searched
      ? (await searchTags(call, params)).tags
      : await call.sql.prepared<TagRow>(
          'tag_list',
          `SELECT t.id, t.name, t.vocabulary_id FROM tag t
           WHERE t.vocabulary_id IS NOT DISTINCT FROM $1
             AND ($1 IS NOT NULL OR EXISTS (SELECT FROM package_tag pt WHERE pt.tag_id = t.id AND pt.state = 'active'))
           ORDER BY t.name`,
          [within?.id ?? null],
        );
    return looseFlag(params, 'all_fields') ? tags.map(presentTag) : tags.map((tag) => tag.name);
  },
});
