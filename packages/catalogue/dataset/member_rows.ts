import type { Call } from '../action/call.ts';
import { hasPermission } from '../authorisation/roles.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { findGroups } from './may_edit.ts';

/**
 * Makes `member` say what `package.owner_org` says. A membership that ended is not taken up again when a dataset comes
 * back to life or to its former owner, as in CKAN: `owner_org` alone decides who owns a dataset.
 */
export async function writeOwner(call: Call, id: string, owner: string | null): Promise<void> {
  await call.sql.prepared(
    'remove_owners',
    `UPDATE member SET state = 'deleted' WHERE table_name = 'package' AND table_id = $1
       AND capacity = 'organization' AND state <> 'deleted' AND group_id IS DISTINCT FROM $2`,
    [id, owner],
  );
  if (owner === null) return;
  await call.sql.prepared(
    'add_owner',
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     SELECT $3, $1, $2, 'package', 'organization', 'active' WHERE NOT EXISTS (
       SELECT FROM member WHERE table_name = 'package' AND table_id = $1 AND group_id = $2
         AND capacity = 'organization')`,
    [id, owner, call.site.runtime.id()],
  );
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
  for (const group of wanted) if (!present.has(group) && (await mayTouch(group))) await join(call, id, group);
}

async function join(call: Call, id: string, group: string): Promise<void> {
  const revived = await call.sql.prepared(
    'revive_membership',
    `UPDATE member SET state = 'active' WHERE id = (SELECT id FROM member WHERE table_name = 'package'
       AND table_id = $1 AND group_id = $2 AND capacity = 'public' ORDER BY state = 'active' DESC, id LIMIT 1)
     RETURNING id`,
    [id, group],
  );
  if (revived.length > 0) return;
  await call.sql.prepared(
    'add_membership',
    `INSERT INTO member (id, table_id, group_id, table_name, capacity, state)
     VALUES ($3, $1, $2, 'package', 'public', 'active')`,
    [id, group, call.site.runtime.id()],
  );
}
