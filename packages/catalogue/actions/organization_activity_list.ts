import { readAction } from '../action/declaration.ts';
import { listActivities, ofGroup } from '../activity/list.ts';
import { requireGroupId } from '../activity/of_group.ts';
import { listOptions, listParameters, typeParameters } from '../activity/options.ts';
import { presentActivity } from '../activity/present.ts';

export const organizationActivityList = readAction<string>({
  name: 'organization_activity_list',
  summary: 'What happened to the organisation and its public datasets, newest first.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the organisation.' },
    ...listParameters,
    ...typeParameters,
  },
  authorise: (call, params) => requireGroupId(call, params, true),
  async handle(call, params, id) {
    const options = await listOptions(call, params);
    return (await listActivities(call, ofGroup(id), options)).map(presentActivity);
  },
});
