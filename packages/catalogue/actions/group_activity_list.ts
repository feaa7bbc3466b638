import { readAction } from '../action/declaration.ts';
import { listActivities, ofGroup } from '../activity/list.ts';
import { requireGroupId } from '../activity/of_group.ts';
import { listOptions, listParameters } from '../activity/options.ts';
import { presentActivity } from '../activity/present.ts';

export const groupActivityList = readAction<string>({
  name: 'group_activity_list',
  summary: 'What happened to the group and its public datasets, newest first.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the group.' },
    ...listParameters,
  },
  authorise: (call, params) => requireGroupId(call, params, false),
  async handle(call, params, id) {
    const options = { ...(await listOptions(call, params)), types: undefined, excludedTypes: undefined };
    return (await listActivities(call, ofGroup(id), options)).map(presentActivity);
  },
});
