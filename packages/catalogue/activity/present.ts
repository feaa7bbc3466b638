import { isoTime } from '../dataset/time.ts';

export interface ActivityRow {
  id: string;
  timestamp: string;
  user_id: string;
  object_id: string;
  activity_type: string;
  data: string | null;
  permission_labels: string[] | null;
}

/** An activity as clients see it. */
export const presentActivity = (row: ActivityRow): Record<string, unknown> => ({
  activity_type: row.activity_type,
  data: activityData(row),
  id: row.id,
  object_id: row.object_id,
  permission_labels: row.permission_labels,
  timestamp: isoTime(row.timestamp),
  user_id: row.user_id,
});

export const activityData = (row: ActivityRow): Record<string, unknown> =>
  ((row.data && JSON.parse(row.data)) || {}) as Record<string, unknown>;
