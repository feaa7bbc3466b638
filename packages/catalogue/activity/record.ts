import type { WriteCall } from '../action/call.ts';
import { rowTime } from '../dataset/time.ts';
import { asciiJson } from '../index/ascii_json.ts';

export type ActivityType =
  | `${'new' | 'changed' | 'deleted'} ${'package' | 'group' | 'organization' | 'resource view'}`
  | `${'new' | 'changed'} user`;

export interface Activity {
  type: ActivityType;
  /** Id of the dataset, group, organisation or user. */
  object: string;
  /** For a dataset `{package, actor}`, for an organisation or group `{group}`; nothing for a user. */
  data?: Record<string, unknown>;
  /** A dataset's permission labels at this moment; nothing for other kinds. */
  labels?: string[];
  /** Who did it, when that is not the caller (a user who was just made). */
  user?: string;
}

/** Records what happened, in the transaction in which it happens. Source: CKAN's activity plugin. */
export const recordActivity = (call: WriteCall, activity: Activity): Promise<void> =>
  recordActivities(call, [activity]);

/** Like `recordActivity`, for several at once. */
export async function recordActivities(call: WriteCall, activities: Activity[]): Promise<void> {
  const { site } = call;
  if (!site.config.activityEnabled || activities.length === 0) return;
  const rows = activities.map((activity) => ({
    id: site.runtime.id(),
    timestamp: rowTime(site.runtime),
    user_id: activity.user ?? call.user?.id ?? 'not logged in',
    object_id: activity.object,
    activity_type: activity.type,
    data: activity.data ? asciiJson(activity.data) : null,
    permission_labels: activity.labels ?? null,
  }));
  await call.sql.prepared(
    'record_activities',
    `INSERT INTO activity (id, timestamp, user_id, object_id, activity_type, data, permission_labels)
     SELECT id, timestamp, user_id, object_id, activity_type, data, permission_labels
     FROM jsonb_populate_recordset(NULL::activity, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}
