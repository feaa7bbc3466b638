import { denied } from '@portolan/kernel';
import type { Call, User } from '../action/call.ts';
import { listActivities, ofDashboard } from './list.ts';
import type { ListOptions } from './options.ts';
import { presentActivity } from './present.ts';

/** @throws PortolanError `authorization` for anonymous callers */
export function requireDashboard(call: Call): User {
  if (!call.user || call.user.state === 'deleted')
    throw denied('You must be logged in to access your dashboard.');
  return call.user;
}

/** The dashboard's activities, each with `is_new`: by somebody else, since the user last looked. */
export async function dashboardActivities(
  call: Call,
  user: User,
  options: ListOptions,
): Promise<(Record<string, unknown> & { is_new: boolean })[]> {
  const activities = await listActivities(call, ofDashboard(user.id), options);
  const [row] = await call.sql.prepared<{ viewed: string | null }>(
    'dashboard_viewed',
    `SELECT coalesce(d.activity_stream_last_viewed, u.created) AS viewed
     FROM "user" u LEFT JOIN dashboard d ON d.user_id = u.id WHERE u.id = $1`,
    [user.id],
  );
  const viewed = row?.viewed ?? '';
  return activities.map((activity) => ({
    ...presentActivity(activity),
    is_new: activity.user_id !== user.id && activity.timestamp > viewed,
  }));
}
