import { invalidMessage } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import type { Parameter } from '../action/declaration.ts';
import { flag, isTruthy, natural, optionalText } from '../action/parameters.ts';
import { type GroupKind, type GroupRow, groupColumns } from './row.ts';
import { listedByDefault, partParameters, readParts, showGroups } from './show.ts';

const sortable = ['name', 'title', 'package_count', 'packages'];

export const listParameters = (kind: GroupKind): Record<string, Parameter> => ({
  q: { type: 'text', meaning: 'Part of the name, title or description.' },
  sort: { type: 'text', meaning: `One of ${sortable.join(', ')}, with asc or desc behind it.` },
  order_by: { type: 'text', meaning: 'Older name of `sort`.' },
  [`${kind}s`]: { type: 'list', meaning: 'Names to keep; also one text with commas.' },
  type: { type: 'text', meaning: `Type of the ${kind}s; ${kind} when missing.` },
  limit: { type: 'integer', meaning: 'Most entries; the settings bound it.' },
  offset: { type: 'integer', meaning: 'Entries to leave out first.' },
  all_fields: { type: 'boolean', meaning: 'Whole entries in place of names.' },
  ...partParameters,
});

/**
 * Names or, with `all_fields`, whole entries. One page of the table: the number of statements is fixed.
 * @throws PortolanError `validation`
 */
export async function listGroups(call: Call, kind: GroupKind, params: Params): Promise<unknown[]> {
  const { config } = call.site;
  const allFields = flag(params, 'all_fields', false);
  const parts = readParts(params, listedByDefault);
  const most = allFields ? config.groupListAllFieldsMax : config.groupListMax;
  const order = readOrder(
    optionalText(params, 'sort') ?? optionalText(params, 'order_by') ?? config.groupSort,
  );
  const q = optionalText(params, 'q')?.trim();
  const rows = await call.sql.rows<GroupRow>(
    `SELECT ${groupColumns} FROM "group" g ${order.join}
     WHERE g.state = 'active' AND g.is_organization IS ${kind === 'organization' ? '' : 'NOT'} TRUE AND g.type = $1
       AND ($2::text[] IS NULL OR g.name = ANY($2))
       AND ($3::text IS NULL OR g.name ILIKE $3 OR g.title ILIKE $3 OR g.description ILIKE $3)
     ORDER BY ${order.by}, g.name LIMIT $4 OFFSET $5`,
    [
      optionalText(params, 'type') ?? kind,
      namesOf(params[`${kind}s`]),
      q ? `%${q}%` : null,
      Math.min(natural(params, 'limit') ?? most, most),
      natural(params, 'offset') ?? 0,
    ],
  );
  return allFields ? showGroups(call, rows, parts) : rows.map((row) => row.name);
}

function namesOf(value: unknown): string[] | null {
  if (!isTruthy(value)) return null;
  const names = Array.isArray(value) ? value : String(value).split(',');
  return names.filter((name) => typeof name === 'string' && !name.includes('\0'));
}

/** By number of datasets only what has any is told: CKAN counts rows of `member`, also those that ended. */
const counted = `JOIN (SELECT m.group_id, count(*) AS datasets FROM member m
  JOIN package p ON p.id = m.table_id AND p.state = 'active'
  WHERE m.table_name = 'package' GROUP BY m.group_id) c ON c.group_id = g.id`;

function readOrder(sort: string): { by: string; join: string } {
  const criteria = sort
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  if (criteria.length > 1) throw invalidMessage('Too many sort criteria provided only 1 allowed');
  const [field = 'title', direction] = (criteria[0] ?? '').split(/\s+/);
  if (!sortable.includes(field)) throw invalidMessage(`Cannot sort by field \`${field}\``);
  const byCount = field === 'packages' || field === 'package_count';
  const way = (direction ?? (byCount ? 'desc' : 'asc')).toLowerCase();
  if (way !== 'asc' && way !== 'desc') throw invalidMessage(`Invalid sort direction \`${direction}\``);
  return byCount ? { by: `c.datasets ${way}`, join: counted } : { by: `g.${field} ${way}`, join: '' };
}
