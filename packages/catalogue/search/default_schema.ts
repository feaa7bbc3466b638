import type { Call } from '../action/call.ts';
import { withFieldsAsExtras } from '../dataset/datagovuk_fields.rules.ts';
import type { DatasetDict } from '../dataset/presenter.ts';
import { isoTime } from '../dataset/time.ts';
import { asciiJson } from '../index/ascii_json.ts';
import { membersOf } from '../organization/parts.ts';
import { validatedDict } from '../tag/validated_dict.ts';

interface Item extends Record<string, unknown> {
  id: string;
}

interface Rows {
  id: string;
  extras: Item[];
  groups: (Item & { created: string | null })[];
}

/**
 * Datasets as `use_default_schema` shows them: extras and groups with all that their rows hold, and the validated
 * dataset inside, as text. Two statements, however many documents. Source: CKAN's `data_dict`.
 */
export async function inDefaultSchema(call: Call, documents: string[]): Promise<string[]> {
  const datasets = documents.map((document) => JSON.parse(document) as DatasetDict);
  const rows = new Map((await rowsOf(call, datasets)).map((row) => [row.id, row]));
  const groups = [...rows.values()].flatMap((row) => row.groups.map((group) => group.id));
  const members = await membersOf(call.sql, [...new Set(groups)]);
  return datasets.map((shown) => {
    const dataset = withFieldsAsExtras(shown, call.site.config);
    const { extras = [], groups: memberships = [] } = rows.get(dataset.id) ?? {};
    return asciiJson({
      ...dataset,
      extras: widened(dataset['extras'], extras, 'key'),
      groups: widened(
        dataset['groups'],
        memberships.map((group) => ({
          ...group,
          created: isoTime(group.created),
          member_count: members.get(group.id) ?? 0,
        })),
        'id',
      ),
      validated_data_dict: validatedDict(shown),
    });
  });
}

/** What a document lists, each with the rest of its row where there still is one. */
function widened(listed: unknown, rows: Item[], name: string): unknown[] {
  const found = new Map(rows.map((row) => [row[name], row]));
  return (listed as Record<string, unknown>[]).map((item) => ({ ...found.get(item[name]), ...item }));
}

const rowsOf = ({ sql }: Call, datasets: DatasetDict[]): Promise<Rows[]> =>
  sql.prepared<Rows>(
    'rows_of_default_schema',
    `SELECT p.id,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'package_id', e.package_id, 'key', e.key,
            'value', e.value, 'state', e.state)), '[]')
          FROM package_extra e WHERE e.package_id = p.id AND e.state = 'active') AS extras,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'title', g.title, 'type', g.type,
            'description', g.description, 'image_url', g.image_url, 'created', g.created,
            'is_organization', g.is_organization, 'approval_status', g.approval_status, 'state', g.state,
            'capacity', m.capacity)), '[]')
          FROM member m JOIN "group" g ON g.id = m.group_id
          WHERE m.table_id = p.id AND m.table_name = 'package' AND m.state = 'active' AND g.state = 'active'
            AND NOT g.is_organization) AS groups
     FROM package p WHERE p.id = ANY ($1)`,
    [datasets.map((dataset) => dataset.id)],
  );
