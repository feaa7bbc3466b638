import type { Tx } from '@portolan/db';
import type { Site } from '../action/call.ts';

export interface MemberRow {
  id: string;
  group_id: string;
  table_id: string;
  table_name: string;
  capacity: string;
  state: string;
}

export type MemberTable = 'user' | 'package' | 'group';

export interface Membership {
  table_id: string;
  capacity: string;
}

/**
 * Makes exactly these the group's members of a kind: others are taken out, present ones changed or revived.
 * The caller holds the group's lock.
 */
export async function replaceMembers(
  site: Site,
  tx: Tx,
  groupId: string,
  table: MemberTable,
  members: Membership[],
): Promise<void> {
  await tx.rows(
    `UPDATE member SET state = 'deleted'
     WHERE group_id = $1 AND table_name = $2 AND state <> 'deleted' AND table_id <> ALL($3)`,
    [groupId, table, members.map((member) => member.table_id)],
  );
  await putMembers(site, tx, groupId, table, members);
}

/**
 * Gives members of a kind their capacity, in two statements for any number of them. Where rows are doubled, as in
 * grown databases, the active one counts. The caller holds the group's lock.
 */
export async function putMembers(
  site: Site,
  tx: Tx,
  groupId: string,
  table: MemberTable,
  members: Membership[],
): Promise<MemberRow[]> {
  const wanted = JSON.stringify(
    [...new Map(members.map((member) => [member.table_id, member])).values()].map((member) => ({
      id: site.runtime.id(),
      ...member,
    })),
  );
  const changed = await tx.rows<MemberRow>(
    `WITH wanted AS (SELECT * FROM jsonb_to_recordset($3::jsonb) AS w(table_id text, capacity text)),
       present AS (
         SELECT DISTINCT ON (m.table_id) m.id, w.capacity FROM member m JOIN wanted w USING (table_id)
         WHERE m.group_id = $1 AND m.table_name = $2 ORDER BY m.table_id, m.state, m.id)
     UPDATE member m SET state = 'active', capacity = present.capacity FROM present WHERE m.id = present.id
     RETURNING m.id, m.group_id, m.table_id, m.table_name, m.capacity, m.state`,
    [groupId, table, wanted],
  );
  const made = await tx.rows<MemberRow>(
    `INSERT INTO member (id, group_id, table_id, table_name, capacity, state)
     SELECT w.id, $1, w.table_id, $2, w.capacity, 'active'
     FROM jsonb_to_recordset($3::jsonb) AS w(id text, table_id text, capacity text)
     WHERE NOT EXISTS (SELECT FROM member m WHERE m.group_id = $1 AND m.table_name = $2 AND m.table_id = w.table_id)
     RETURNING id, group_id, table_id, table_name, capacity, state`,
    [groupId, table, wanted],
  );
  return [...changed, ...made];
}
