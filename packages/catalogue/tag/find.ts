import type { Sql } from '@portolan/db';

export interface TagRow {
  id: string;
  name: string;
  vocabulary_id: string | null;
}

export interface VocabularyRow {
  id: string;
  name: string;
}

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !value.includes('\0');

/** A vocabulary by id or name; ids come first. */
export async function findVocabulary(sql: Sql, reference: unknown): Promise<VocabularyRow | undefined> {
  if (!isReference(reference)) return undefined;
  const rows = await sql.prepared<VocabularyRow>(
    'find_vocabulary',
    `SELECT id, name FROM vocabulary WHERE id = $1 OR name = $1 ORDER BY id = $1 DESC LIMIT 1`,
    [reference],
  );
  return rows[0];
}

/** A tag by id, or by name among the free ones or, with `vocabulary`, among those of a vocabulary. */
export async function findTag(
  sql: Sql,
  reference: unknown,
  vocabulary: unknown,
): Promise<TagRow | undefined> {
  if (!isReference(reference)) return undefined;
  const within = isReference(vocabulary) ? await findVocabulary(sql, vocabulary) : undefined;
  if (isReference(vocabulary) && !within) return undefined;
  const rows = await sql.prepared<TagRow>(
    'find_tag',
    `SELECT id, name, vocabulary_id FROM tag
     WHERE id = $1 AND ($2::text IS NULL OR vocabulary_id = $2)
       OR name = $1 AND vocabulary_id IS NOT DISTINCT FROM $2
     ORDER BY id = $1 DESC LIMIT 1`,
    [reference, within?.id ?? null],
  );
  return rows[0];
}

export const presentTag = ({ id, name, vocabulary_id }: TagRow) => ({
  display_name: name,
  id,
  name,
  vocabulary_id,
});
