import { type EffectiveQuery, fieldsOf, nearestFields } from '@portolan/search';
import type { Site } from '../action/call.ts';

export interface UnknownField {
  field: string;
  /** Fields with names like it, the likeliest first. */
  nearest: string[];
}

/** Fields of these queries that neither the schema names nor any document has. */
export async function unknownFields(
  { search, db }: Pick<Site, 'search' | 'db'>,
  queries: EffectiveQuery['query'][],
): Promise<UnknownField[]> {
  const named = new Set(queries.flatMap(fieldsOf));
  const known = await search.fields(db);
  const missing = [...named].filter((field) => !known.includes(field));
  return missing.map((field) => ({ field, nearest: nearestFields(field, known) }));
}
