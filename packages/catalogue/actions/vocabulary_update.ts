import { unlessTaken } from '../action/conflict.ts';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import type { VocabularyRow } from '../tag/find.ts';
import {
  presentVocabularies,
  replaceTags,
  requireVocabulary,
  takenVocabularyName,
  vocabularyFields,
} from '../tag/vocabulary.ts';

export const vocabularyUpdate = writeAction<VocabularyRow>({
  name: 'vocabulary_update',
  summary: 'Renames a vocabulary or replaces its tags; what is not sent stays.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the vocabulary.' },
    name: { type: 'text', meaning: 'Its new name.' },
    tags: { type: 'list', meaning: 'All its tags: objects with name.' },
  },
  async authorise(call, params) {
    const vocabulary = await requireVocabulary(call.sql, params);
    sysadminOnly(call);
    return vocabulary;
  },
  async handle(call, params, vocabulary) {
    const { name: sent, ...others } = params;
    const changes = sent === undefined || sent === vocabulary.name ? others : params;
    const { name, tags } = await vocabularyFields(call, changes, vocabulary);
    if (name !== undefined)
      await unlessTaken({ vocabulary_name_key: { name: [takenVocabularyName] } }, () =>
        call.sql.rows('UPDATE vocabulary SET name = $2 WHERE id = $1', [vocabulary.id, name]),
      );
    if (tags)
      await replaceTags(
        call.site,
        call.sql,
        vocabulary.id,
        tags.map((tag) => tag.name),
      );
    return (await presentVocabularies(call.sql, [vocabulary.id]))[0];
  },
});
