import { invalidMessage } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import type { VocabularyRow } from '../tag/find.ts';
import { requireVocabulary } from '../tag/vocabulary.ts';

export const vocabularyDelete = writeAction<VocabularyRow>({
  name: 'vocabulary_delete',
  summary: 'Deletes a vocabulary that has no tags.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the vocabulary.' } },
  async authorise(call, params) {
    const vocabulary = await requireVocabulary(call.sql, params);
    sysadminOnly(call);
    return vocabulary;
  },
  async handle(call, _params, { id, name }) {
    const tags = await call.sql.rows('SELECT FROM tag WHERE vocabulary_id = $1 LIMIT 1', [id]);
    // CKAN fails here, in its database.
    if (tags.length > 0)
      throw invalidMessage(`Vocabulary "${name}" cannot be deleted while it still has tags`);
    await call.sql.rows('DELETE FROM vocabulary WHERE id = $1', [id]);
    return null;
  },
});
