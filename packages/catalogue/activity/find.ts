import { denied, notFound } from '@portolan/kernel';
import type { Call } from '../action/call.ts';
import { callerLabels } from '../authorisation/labels.ts';
import { findDataset } from '../dataset/find.ts';
import { assertMayEdit, mayOverrule } from '../dataset/may_edit.ts';
import type { ActivityRow } from './present.ts';

const columns = 'id, timestamp, user_id, object_id, activity_type, data, permission_labels';

export async function requireActivity(call: Call, id: string): Promise<ActivityRow> {
  const rows = await call.sql.prepared<ActivityRow>(
    'find_activity',
    `SELECT ${columns} FROM activity WHERE id = $1`,
    [id],
  );
  if (!rows[0]) throw notFound();
  return rows[0];
}

/** What happened to the same object before. */
export async function previousActivity(call: Call, activity: ActivityRow): Promise<ActivityRow | undefined> {
  const rows = await call.sql.prepared<ActivityRow>(
    'previous_activity',
    `SELECT ${columns} FROM activity WHERE object_id = $1 AND timestamp < $2 AND activity_type LIKE '%' || $3
     ORDER BY timestamp DESC LIMIT 1`,
    [activity.object_id, activity.timestamp, kindOf(activity)],
  );
  return rows[0];
}

const kindOf = (activity: ActivityRow): string => activity.activity_type.split(' ').slice(1).join(' ');

/**
 * An activity whose data the caller may see: who may edit the dataset, or everybody where the portal says so; sysadmins
 * see all kinds, others those of datasets. Source: CKAN's rules `activity_show` and `activity_data_show`.
 */
export async function requireVisibleActivity(
  call: Call,
  id: string,
  withData: boolean,
): Promise<ActivityRow> {
  const activity = await requireActivity(call, id);
  if (mayOverrule(call)) return activity;
  if (kindOf(activity) !== 'package') throw denied('object_type not recognized');
  const dataset = await findDataset(call.sql, activity.object_id);
  if (!dataset) throw notFound();
  if (withData && !call.site.config.publicActivityDetail) await assertMayEdit(call, dataset);
  const labels = await callerLabels(call);
  const visible = activity.permission_labels?.some((label) => labels?.includes(label)) ?? true;
  if (!visible) throw denied('Unauthorized to view activity data');
  return activity;
}
