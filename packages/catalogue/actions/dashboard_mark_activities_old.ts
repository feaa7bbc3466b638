import { timestamp } from '@portolan/kernel';
import type { User } from '../action/call.ts';
import { writeAction } from '../action/declaration.ts';
import { requireDashboard } from '../activity/dashboard.ts';

export const dashboardMarkActivitiesOld = writeAction<User>({
  name: 'dashboard_mark_activities_old',
  summary: 'Marks what is on the caller’s dashboard as seen.',
  parameters: {},
  authorise: requireDashboard,
  async handle(call, _params, user) {
    await call.sql.prepared(
      'mark_dashboard_seen',
      `INSERT INTO dashboard (user_id, activity_stream_last_viewed, email_last_sent) VALUES ($1, $2, $2)
       ON CONFLICT (user_id) DO UPDATE SET activity_stream_last_viewed = $2`,
      [user.id, timestamp(call.site.runtime.now())],
    );
    return null;
  },
});
