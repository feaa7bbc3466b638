import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import { presentVocabularies } from '../tag/vocabulary.ts';

export const vocabularyList = readAction({
  name: 'vocabulary_list',
  summary: 'All vocabularies with their tags.',
  parameters: {},
  authorise: anyone,
  handle: (call) => presentVocabularies(call.sql),
});
