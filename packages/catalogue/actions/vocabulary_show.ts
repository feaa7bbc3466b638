import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { presentVocabularies, requireVocabulary } from '../tag/vocabulary.ts';

export const vocabularyShow = readAction({
  name: 'vocabulary_show',
  summary: 'A vocabulary with its tags.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the vocabulary.' } },
  authorise: anyone,
  async handle(call, params) {
    const { id } = await requireVocabulary(call.sql, params);
    return (await presentVocabularies(call.sql, [id]))[0];
  },
});
