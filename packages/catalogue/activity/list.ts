import type { Call } from '../action/call.ts';
import { callerLabels } from '../authorisation/labels.ts';
import type { ListOptions } from './options.ts';
import type { ActivityRow } from './present.ts';

/** Which activities: a condition on `a`, whose `$1` is the list of ids that it speaks of. */
export interface Selection {
  condition: string;
  ids: string[];
}

export const ofDataset = (id: string): Selection => ({ condition: 'a.object_id = ANY($1)', ids: [id] });

/** By the user or about the user. */
export const ofUser = (id: string): Selection => ({
  condition: '(a.user_id = ANY($1) OR a.object_id = ANY($1))',
  ids: [id],
});

/** Ids of the public datasets of groups and organisations. */
const datasetsOf = (groups: string) => `
  SELECT p.id FROM member m JOIN package p ON p.id = m.table_id
  WHERE m.group_id IN (${groups}) AND m.table_name = 'package' AND m.state = 'active' AND NOT p.private
  UNION SELECT p.id FROM package p WHERE p.owner_org IN (${groups}) AND NOT p.private`;

const given = 'SELECT unnest($1::text[])';
const followed = (kind: 'user' | 'dataset' | 'group') =>
  `SELECT object_id FROM user_following_${kind} WHERE follower_id = ANY($1)`;

// The ids are gathered into an array first: so the indexes of `activity` are used, whatever its length.
const aboutAny = (ids: string) => `a.object_id = ANY(ARRAY(${ids}))`;
const byAny = (ids: string) => `a.user_id = ANY(ARRAY(${ids}))`;

/** Of a group or organisation and of its public datasets. */
export const ofGroup = (id: string): Selection => ({
  condition: aboutAny(`${given} UNION ${datasetsOf(given)}`),
  ids: [id],
});

export const ofAllDatasets: Selection = {
  condition: `(cardinality($1::text[]) = 0 AND a.activity_type LIKE '%package')`,
  ids: [],
};

/** Of what the user does and follows. */
export const ofDashboard = (id: string): Selection => {
  const people = `${given} UNION ${followed('user')}`;
  const objects = `${people} UNION ${followed('dataset')} UNION ${followed('group')}
    UNION ${datasetsOf(followed('group'))}`;
  return { condition: `(${byAny(people)} OR ${aboutAny(objects)})`, ids: [id] };
};

/**
 * A page of activities that the caller may see, newest first. With `after` alone it is the page next to that moment.
 * Source: CKAN's activity plugin.
 */
export async function listActivities(
  call: Call,
  selection: Selection,
  options: ListOptions,
): Promise<ActivityRow[]> {
  const forward = options.after !== undefined && options.before === undefined;
  const labels = await callerLabels(call);
  const rows = await call.sql.rows<ActivityRow>(
    `SELECT a.id, a.timestamp, a.user_id, a.object_id, a.activity_type, a.data, a.permission_labels FROM activity a
     WHERE ${selection.condition}
       AND ($2::text[] IS NULL OR a.permission_labels IS NULL OR a.permission_labels && $2)
       AND (a.user_id IS NULL OR a.user_id NOT IN (SELECT id FROM "user" WHERE name = ANY($3) OR id = ANY($3)))
       AND ($4::float8 IS NULL OR a.timestamp < to_timestamp($4) AT TIME ZONE 'UTC')
       AND ($5::float8 IS NULL OR a.timestamp > to_timestamp($5) AT TIME ZONE 'UTC')
       AND ($6::text[] IS NULL OR a.activity_type = ANY($6))
       AND ($7::text[] IS NULL OR a.activity_type <> ALL($7))
     ORDER BY a.timestamp ${forward ? 'ASC' : 'DESC'}, a.id LIMIT $8 OFFSET $9`,
    [
      selection.ids,
      labels ?? null,
      options.hidden ? [] : hiddenUsers(call),
      options.before ?? null,
      options.after ?? null,
      options.types ?? null,
      options.excludedTypes ?? null,
      options.limit,
      options.offset,
    ],
  );
  return forward ? rows.reverse() : rows;
}

/** Names may be given as in an ini file that refers to the site's id. */
const hiddenUsers = ({ site: { config } }: Call): string[] =>
  config.hideActivityFrom.map((name) => name.replace('%(ckan.site_id)s', config.siteId));
