import type { User } from '../action/call.ts';
import { readAction } from '../action/declaration.ts';
import { dashboardActivities, requireDashboard } from '../activity/dashboard.ts';
import { listOptions, listParameters } from '../activity/options.ts';

export const dashboardActivityList = readAction<User>({
  name: 'dashboard_activity_list',
  summary: 'What the caller did and what happened to what the caller follows, newest first.',
  parameters: listParameters,
  authorise: requireDashboard,
  handle: async (call, params, user) => dashboardActivities(call, user, await listOptions(call, params)),
});
