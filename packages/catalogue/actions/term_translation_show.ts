import { invalid } from '@portolan/kernel';
import { pythonItems } from '@portolan/schema';
import { readAction } from '../action/declaration.ts';
import { isTruthy, requireSent } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import type { Translation } from '../service/term_translation.ts';

/** A text is itself, of an object the keys count. */
const texts = (value: unknown): string[] =>
  (typeof value === 'string' ? [value] : pythonItems(value)).filter(
    (one): one is string => typeof one === 'string' && !one.includes('\0'),
  );

export const termTranslationShow = readAction({
  name: 'term_translation_show',
  summary: 'Translations of terms.',
  parameters: {
    terms: { type: 'list', required: true, meaning: 'A term, or several; all when the list is empty.' },
    lang_codes: { type: 'list', meaning: 'A language, or several; all when missing.' },
  },
  authorise: anyone,
  handle(call, params) {
    const { terms, lang_codes: languages } = params;
    if (terms === undefined) throw invalid({ terms: 'terms not in data' });
    requireSent(params, ['terms']);
    if (languages !== undefined) requireSent(params, ['lang_codes']);
    return call.sql.prepared<Translation>(
      'translations_of',
      `SELECT term, term_translation, lang_code FROM term_translation
       WHERE ($1::text[] IS NULL OR term = ANY($1)) AND ($2::text[] IS NULL OR lang_code = ANY($2))
       ORDER BY term, lang_code`,
      [
        terms === '' || isTruthy(terms) ? texts(terms) : null,
        languages === undefined || languages === null ? null : texts(languages),
      ],
    );
  },
});
