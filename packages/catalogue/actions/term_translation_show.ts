import { invalid } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';
import type { Translation } from '../service/term_translation.ts';

const texts = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && !one.includes('\0'));

export const termTranslationShow = readAction({
  name: 'term_translation_show',
  summary: 'Translations of terms.',
  parameters: {
    terms: { type: 'list', required: true, meaning: 'A term, or several.' },
    lang_codes: { type: 'list', meaning: 'A language, or several; all when missing.' },
  },
  authorise: anyone,
  handle(call, params) {
    if (params['terms'] === undefined) throw invalid({ terms: 'terms not in data' });
    const languages = texts(params['lang_codes']);
    return call.sql.prepared<Translation>(
      'translations_of',
      `SELECT term, term_translation, lang_code FROM term_translation
       WHERE term = ANY($1) AND ($2::text[] IS NULL OR lang_code = ANY($2)) ORDER BY term, lang_code`,
      [texts(params['terms']), languages.length > 0 ? languages : null],
    );
  },
});
