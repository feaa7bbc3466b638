import type { Call } from '../action/call.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { findGroups } from './may_edit.ts';

/** Makes `member` say what `package.owner_org` says. */
export async function writeOwner(call: Call, id: string, owner: string | null): Promise<void> {
  await call.sql.prepared(
    'remove_owners',
    `UPDATE member SET state = 'deleted' WHERE table_name = 'package' AND table_id = $1
       AND capacity = 'organization' AND state <> 'deleted' AND group_id IS DISTINCT FROM $2`,
    [id, owner],
  );
  if (owner === null) return;
  await upsert(call, id, owner, 'organization');
}

/**
 * Makes these the dataset's groups, as far as the caller has a part in them: others are neither entered nor left.
 * Source: CKAN `package_membership_list_save`.
 */
export async function writeGroups(call: Call, id: string, groups: unknown[]): Promise<void> {
  const { found } = await findGroups(call, groups);
  const wanted = new Set(found.map((group) => group.id));
  const rows = await call.sql.prepared<{ group_id: string }>(
    'active_groups_of_dataset',
    `SELECT group_id FROM member WHERE table_name = 'package' AND table_id = $1 AND capacity <> 'organization'
       AND state = 'active'`,
    [id],
  );
  const present = new Set(rows.map((row) => row.group_id));
  const mayTouch = async (group: string) => alwaysAllowed(call) || (await hasPermission(call, group, 'read'));
  for (const group of present) {
    if (wanted.has(group) || !(await mayTouch(group))) continue;
    await call.sql.prepared(
      'leave_group',
      `UPDATE member SET state = 'deleted' WHERE table_name = 'package' AND table_id = $1 AND group_id = $2
         AND capacity <> 'organization'`,
      [id, group],
    );
  }
  for (const group of wanted)
    if (!present.has(group) && (await mayTouch(group))) await upsert(call, id, group, 'public');
}

async function upsert(call: Call, id: string, group: string, capacity: string): Promise<void> {
  const revived = await call.sql.prepared(
    'revive_membership',
    `UPDATE member SET state = 'active' WHERE id = (SELECT id FROM member WHERE table_name = 'package'
       AND table_id = $1 AND group_id = $2 AND capacity = $3 ORDER BY state = 'active' DESC, id LIMIT 1)
     RETURNING id`,
    [id, group, capacity],
  );
  if (revived.length > 0) return;
  await call.sql.prepared(
    'add_membership',
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     VALUES ($4, $1, $2, 'package', $3, 'active')`,
    [id, group, capacity, call.site.runtime.id()],
  );
}
