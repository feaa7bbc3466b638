import type { Sql, Tx } from '@portolan/db';
import { type ErrorDict, invalid, notFound, PortolanError } from '@portolan/kernel';
import {
  flattenTags,
  ignore,
  ignoreMissing,
  listOf,
  longest,
  mustBeEmpty,
  notEmpty,
  pythonItems,
  type RecordValidator,
  refuse,
  refuseAndStop,
  type Schema,
  tagCharacters,
  tagLength,
  text,
  type Validator,
} from '@portolan/schema';
import type { Params, Site, WriteCall } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { validatedParams } from '../action/validated_params.ts';
import { findVocabulary, presentTag, type TagRow, type VocabularyRow } from './find.ts';

export const takenVocabularyName = 'That vocabulary name is already in use.';

interface Context {
  sql: Sql;
  vocabulary: VocabularyRow | undefined;
}

const freeName: Validator<Context> = async (value, { context: { sql, vocabulary } }) => {
  const rows = await sql.rows('SELECT FROM vocabulary WHERE name = $1 AND id IS DISTINCT FROM $2', [
    value,
    vocabulary?.id ?? null,
  ]);
  return rows.length > 0 ? refuse(takenVocabularyName) : value;
};

/** CKAN counts the items of what is no text. */
const shortest: Validator<Context> = (value) =>
  pythonItems(typeof value === 'object' ? value : String(value)).length < 2
    ? refuseAndStop('Name must be at least 2 characters long')
    : value;

const longestName = longest(100, 'Name must be a maximum of 100 characters long');

const tags = listOf<Context>({
  fields: { name: [notEmpty, text, tagLength, tagCharacters], vocabulary_id: [ignore] },
  unknown: 'ignore',
});

/** CKAN fails in its database when a tag is given twice. */
const distinct: RecordValidator<Context> = (record, { report }) => {
  const names = (record['tags'] as { name: unknown }[] | undefined)?.map((tag) => tag.name) ?? [];
  for (const [index, one] of names.entries())
    if (names.indexOf(one) !== index) report('tags', `Tag "${one}" is given more than once`);
};

const made: Schema<Context> = {
  fields: { id: [mustBeEmpty], name: [notEmpty, text, shortest, longestName, freeName], tags },
  unknown: 'ignore',
  after: [distinct],
};

const changed: Schema<Context> = {
  fields: { id: [ignore], name: [ignoreMissing, shortest, text, longestName, freeName], tags },
  unknown: 'ignore',
  after: [distinct],
};

export interface VocabularyFields {
  name?: string;
  tags?: { name: string }[];
}

/** Validates a new vocabulary, or a change of one. @throws PortolanError `validation`, `integrity` */
export async function vocabularyFields(
  call: WriteCall,
  params: Params,
  vocabulary: VocabularyRow | undefined,
): Promise<VocabularyFields> {
  try {
    return await validatedParams(vocabulary ? changed : made, params, { sql: call.sql, vocabulary });
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code !== 'validation') throw error;
    const fields = flattenTags(error.fields as ErrorDict);
    throw new PortolanError('validation', undefined, { fields, cause: error });
  }
}

/** Makes these the vocabulary's tags: what is left out is deleted, also from datasets. */
export async function replaceTags(site: Site, tx: Tx, vocabularyId: string, names: string[]): Promise<void> {
  const gone = await tx.rows<{ id: string }>(
    'SELECT id FROM tag WHERE vocabulary_id = $1 AND name <> ALL($2) FOR UPDATE',
    [vocabularyId, names],
  );
  await deleteTags(
    tx,
    gone.map((tag) => tag.id),
  );
  const rows = JSON.stringify([...new Set(names)].map((one) => ({ id: site.runtime.id(), name: one })));
  await tx.rows(
    `INSERT INTO tag (id, name, vocabulary_id)
     SELECT n.id, n.name, $1 FROM jsonb_to_recordset($2::jsonb) AS n(id text, name text)
     ON CONFLICT DO NOTHING`,
    [vocabularyId, rows],
  );
}

/** Deletes tags for ever and takes them off their datasets. */
export async function deleteTags(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.rows('DELETE FROM package_tag WHERE tag_id = ANY($1)', [ids]);
  await tx.rows('DELETE FROM tag WHERE id = ANY($1)', [ids]);
}

export interface VocabularyDict extends VocabularyRow {
  tags: ReturnType<typeof presentTag>[];
}

/** Vocabularies with their tags, in two statements; as in CKAN in the order in which the rows stand. */
export async function presentVocabularies(sql: Sql, ids?: string[]): Promise<VocabularyDict[]> {
  const vocabularies = await sql.prepared<VocabularyRow>(
    'vocabularies',
    'SELECT id, name FROM vocabulary WHERE $1::text[] IS NULL OR id = ANY($1) ORDER BY ctid',
    [ids ?? null],
  );
  const rows = await sql.prepared<TagRow & { vocabulary_id: string }>(
    'tags_of_vocabularies',
    `SELECT id, name, vocabulary_id FROM tag
     WHERE vocabulary_id IS NOT NULL AND ($1::text[] IS NULL OR vocabulary_id = ANY($1)) ORDER BY ctid`,
    [ids ?? null],
  );
  const byVocabulary = Map.groupBy(rows, (row) => row.vocabulary_id);
  return vocabularies.map((vocabulary) => ({
    ...vocabulary,
    tags: (byVocabulary.get(vocabulary.id) ?? []).map(presentTag),
  }));
}

/** The vocabulary that `id` speaks of. @throws PortolanError `validation`, `notFound` */
export async function requireVocabulary(sql: Sql, params: Params): Promise<VocabularyRow> {
  if (!isTruthy(params['id'])) throw invalid({ id: 'id not in data' });
  const found = await findVocabulary(sql, params['id']);
  if (!found) throw notFound(`Could not find vocabulary "${params['id']}"`);
  return found;
}
