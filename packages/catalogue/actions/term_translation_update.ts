import { writeAction } from '../action/declaration.ts';
import { mayUpdateTranslations, putTranslations } from '../service/term_translation.ts';

export const termTranslationUpdate = writeAction({
  name: 'term_translation_update',
  summary: 'Makes or changes a translation.',
  parameters: {
    term: { type: 'text', required: true, meaning: 'The term.' },
    term_translation: { type: 'text', required: true, meaning: 'Its translation.' },
    lang_code: { type: 'text', required: true, meaning: 'The language of the translation.' },
  },
  authorise: mayUpdateTranslations,
  handle: async (call, params) => (await putTranslations(call, [params]))[0],
});
