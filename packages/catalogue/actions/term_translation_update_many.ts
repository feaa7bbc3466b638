import type { Params } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { mayUpdateTranslations, putTranslations, translationsOf } from '../service/term_translation.ts';

export const termTranslationUpdateMany = writeAction<Params[]>({
  name: 'term_translation_update_many',
  summary: 'Several translations at once, all or none.',
  parameters: {
    data: { type: 'list', required: true, meaning: 'Objects as term_translation_update takes them.' },
  },
  authorise(call, params) {
    const rows = translationsOf(params);
    mayUpdateTranslations(call);
    return rows;
  },
  async handle(call, _params, rows) {
    const done = await putTranslations(call, rows);
    return { success: `${done.length} rows updated` };
  },
});
