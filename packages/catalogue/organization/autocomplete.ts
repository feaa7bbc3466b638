import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { natural, soughtText } from '../action/parameters.ts';
import type { GroupKind } from './row.ts';

export const completionParameters: Record<string, Parameter> = {
  q: { type: 'text', required: true, meaning: 'The text.' },
  limit: { type: 'integer', meaning: 'Most entries; 20 when missing.' },
};

/** Active ones whose name or title holds the text, whatever its case; as in CKAN in the order of their rows. */
export async function completeGroups(call: Call, kind: GroupKind, params: Params): Promise<object[]> {
  const q = soughtText(params, 'q').trim();
  const limit = natural(params, 'limit') ?? 20;
  return call.sql.prepared(
    'complete_groups',
    `SELECT id, name, title FROM "group"
     WHERE state = 'active' AND coalesce(is_organization, false) = $1 AND (name ILIKE $2 OR title ILIKE $2)
     ORDER BY ctid LIMIT $3`,
    [kind === 'organization', `%${q}%`, limit],
  );
}
