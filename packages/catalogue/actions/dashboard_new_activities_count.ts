import type { User } from '../action/call.ts';
import { readAction } from '../action/declaration.ts';
import { dashboardActivities, requireDashboard } from '../activity/dashboard.ts';
import { listOptions } from '../activity/options.ts';

export const dashboardNewActivitiesCount = readAction<User>({
  name: 'dashboard_new_activities_count',
  summary: 'How many activities of the dashboard’s first page the caller has not seen.',
  parameters: {},
  authorise: requireDashboard,
  async handle(call, _params, user) {
    const activities = await dashboardActivities(call, user, await listOptions(call, {}));
    return activities.filter((activity) => activity.is_new).length;
  },
});
