import { lockNames } from '@portolan/db';
import { invalid } from '@portolan/kernel';
import { notEmpty, type Schema, text } from '@portolan/schema';
import type { Call, Params, WriteCall } from '../action/call.ts';
import { validatedParams } from '../action/validated_params.ts';
import { alwaysAllowed, notAuthorised } from '../authorisation/rules.ts';

export interface Translation {
  term: string;
  term_translation: string;
  lang_code: string;
}

const schema: Schema = {
  fields: { term: [notEmpty, text], term_translation: [notEmpty, text], lang_code: [notEmpty, text] },
  unknown: 'ignore',
};

export function mayUpdateTranslations(call: Call): undefined {
  if (!alwaysAllowed(call)) throw notAuthorised(call, 'update term_translation table');
}

/** The rows of `data`. @throws PortolanError `validation` */
export function translationsOf(params: Params): Params[] {
  const { data } = params;
  const isRecord = (one: unknown): one is Params =>
    typeof one === 'object' && one !== null && !Array.isArray(one);
  if (Array.isArray(data) && data.length > 0 && data.every(isRecord)) return data;
  throw invalid({ error: 'term_translation_update_many needs to have a list of dicts in field data' });
}

/** Makes or changes translations: two statements for any number. @throws PortolanError `validation` */
export async function putTranslations(call: WriteCall, rows: Params[]): Promise<Translation[]> {
  const wanted: Translation[] = [];
  for (const row of rows)
    wanted.push((await validatedParams(schema, row, undefined)) as unknown as Translation);
  // No index keeps two rows of one term and language apart.
  await lockNames(
    call.sql,
    'term_translation',
    wanted.map(({ term, lang_code }) => JSON.stringify([term, lang_code])),
  );
  const last = new Map(wanted.map((one) => [JSON.stringify([one.term, one.lang_code]), one]));
  const given = JSON.stringify([...last.values()]);
  const record = 'jsonb_to_recordset($1::jsonb) AS w(term text, term_translation text, lang_code text)';
  await call.sql.rows(
    `UPDATE term_translation t SET term_translation = w.term_translation FROM ${record}
     WHERE t.term = w.term AND t.lang_code = w.lang_code`,
    [given],
  );
  await call.sql.rows(
    `INSERT INTO term_translation (term, term_translation, lang_code)
     SELECT w.term, w.term_translation, w.lang_code FROM ${record}
     WHERE NOT EXISTS (SELECT FROM term_translation t WHERE t.term = w.term AND t.lang_code = w.lang_code)`,
    [given],
  );
  return wanted;
}
