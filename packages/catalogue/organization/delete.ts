import { invalidMessage } from '@portolan/kernel';
import type { WriteCall } from '../action/call.ts';
import { recordActivity } from '../activity/record.ts';
import { forgetImage } from './image.ts';
import { presentRow } from './presenter.ts';
import { type GroupRow, kindOf } from './row.ts';

/** An organisation leaves no dataset behind, unless datasets may be without one: then they lose their owner. */
async function releaseDatasets(call: WriteCall, group: GroupRow, done: 'deleted' | 'purged'): Promise<void> {
  if (!group.is_organization) return;
  if (call.site.config.createUnownedDataset) {
    await call.sql.rows(`UPDATE package SET owner_org = NULL WHERE owner_org = $1`, [group.id]);
    return;
  }
  const rows = await call.sql.rows(
    `SELECT FROM package WHERE owner_org = $1 AND state <> 'deleted' LIMIT 1`,
    [group.id],
  );
  if (rows.length > 0) throw invalidMessage(`Organization cannot be ${done} while it still has datasets`);
}

/** Deletes, with all memberships; the name stays taken. The caller holds the group's lock. */
export async function deleteGroup(call: WriteCall, group: GroupRow): Promise<void> {
  await releaseDatasets(call, group, 'deleted');
  await call.sql.rows(
    `UPDATE member SET state = 'deleted' WHERE (group_id = $1 OR table_id = $1) AND state <> 'deleted'`,
    [group.id],
  );
  await call.sql.rows(`UPDATE "group" SET state = 'deleted' WHERE id = $1`, [group.id]);
  await recordActivity(call, {
    type: `deleted ${kindOf(group)}`,
    object: group.id,
    data: { group: presentRow({ ...group, state: 'deleted' }) },
  });
}

/** Takes all rows and the picture away. The caller holds the group's lock. */
export async function purgeGroup(call: WriteCall, group: GroupRow): Promise<void> {
  await releaseDatasets(call, group, 'purged');
  await call.sql.rows(`DELETE FROM member WHERE group_id = $1 OR table_id = $1`, [group.id]);
  await call.sql.rows(`DELETE FROM group_extra WHERE group_id = $1`, [group.id]);
  // What was deleted before may still name it as its owner.
  await call.sql.rows(`UPDATE package SET owner_org = NULL WHERE owner_org = $1`, [group.id]);
  await call.sql.rows(`DELETE FROM "group" WHERE id = $1`, [group.id]);
  await forgetImage(call, 'group', group.image_url);
}
