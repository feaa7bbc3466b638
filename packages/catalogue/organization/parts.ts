import type { Sql } from '@portolan/db';
import type { Config } from '@portolan/kernel';
import { presentUser, type UserDict } from '../user/presenter.ts';
import { type UserRow, userColumns } from '../user/row.ts';

// Every function takes the ids of all the groups of an answer: one statement, however long the list.

export interface GroupExtra {
  id: string;
  group_id: string;
  key: string;
  value: string | number | boolean | null;
  state: string;
}

function byGroup<Row, Item>(rows: Row[], group: (row: Row) => string, item: (row: Row) => Item) {
  const found = new Map<string, Item[]>();
  for (const row of rows) {
    const items = found.get(group(row));
    if (items) items.push(item(row));
    else found.set(group(row), [item(row)]);
  }
  return found;
}

/** Extras in the order of their keys. */
export async function extrasOf(sql: Sql, ids: string[]): Promise<Map<string, GroupExtra[]>> {
  const rows = await sql.prepared<GroupExtra>(
    'extras_of_groups',
    `SELECT id, group_id, key, value, state FROM group_extra
     WHERE group_id = ANY($1) AND state = 'active' ORDER BY key, id`,
    [ids],
  );
  return byGroup(
    rows,
    (row) => row.group_id,
    (row) => row,
  );
}

/** Accounts with a role, without what only they themselves may see. */
export async function usersOf(
  sql: Sql,
  ids: string[],
  settings: Pick<Config, 'siteUrl'>,
): Promise<Map<string, UserDict[]>> {
  const rows = await sql.prepared<UserRow & { group_id: string; capacity: string }>(
    'users_of_groups',
    `SELECT ${userColumns}, m.group_id, m.capacity FROM member m JOIN "user" u ON u.id = m.table_id
     WHERE m.group_id = ANY($1) AND m.table_name = 'user' AND m.state = 'active' AND u.state <> 'deleted'
     ORDER BY u.name, m.id`,
    [ids],
  );
  return byGroup(
    rows,
    (row) => row.group_id,
    (row) => ({ ...presentUser(row, settings), capacity: row.capacity }),
  );
}

/** The groups above, by name. In `member` the row of a group has `group_id` = itself, `table_id` = the one above. */
export async function parentsOf(
  sql: Sql,
  ids: string[],
): Promise<Map<string, { id: string; name: string; capacity: string }[]>> {
  const rows = await sql.prepared<{ group_id: string; id: string; name: string; capacity: string }>(
    'parents_of_groups',
    `SELECT m.group_id, g.id, g.name, m.capacity FROM member m JOIN "group" g ON g.id = m.table_id
     WHERE m.group_id = ANY($1) AND m.table_name = 'group' AND m.state = 'active' AND g.state = 'active'
     ORDER BY g.name, m.id`,
    [ids],
  );
  return byGroup(
    rows,
    (row) => row.group_id,
    ({ id, name, capacity }) => ({ id, name, capacity }),
  );
}

/** Numbers of active followers. */
export async function followersOf(sql: Sql, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql.prepared<{ id: string; count: number }>(
    'followers_of_groups',
    `SELECT f.object_id AS id, count(*)::int AS count FROM user_following_group f
     JOIN "user" u ON u.id = f.follower_id AND u.state = 'active'
     WHERE f.object_id = ANY($1) GROUP BY f.object_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}

/** Numbers of accounts with a role. */
export async function membersOf(sql: Sql, ids: string[]): Promise<Map<string, number>> {
  const rows = await sql.prepared<{ id: string; count: number }>(
    'count_members_of_groups',
    `SELECT group_id AS id, count(*)::int AS count FROM member
     WHERE group_id = ANY($1) AND table_name = 'user' AND state = 'active' GROUP BY group_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.count]));
}
