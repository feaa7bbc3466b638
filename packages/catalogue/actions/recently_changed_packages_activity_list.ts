import { readAction } from '../action/declaration.ts';
import { listActivities, ofAllDatasets } from '../activity/list.ts';
import { listOptions } from '../activity/options.ts';
import { presentActivity } from '../activity/present.ts';
import { anyone } from '../authorisation/rules.ts';

export const recentlyChangedPackagesActivityList = readAction({
  name: 'recently_changed_packages_activity_list',
  summary: 'What happened to datasets lately, newest first.',
  parameters: {
    limit: { type: 'integer', meaning: 'Most activities to give.' },
    offset: { type: 'integer', meaning: 'Activities to leave out first.' },
  },
  authorise: anyone,
  async handle(call, { limit, offset }) {
    const options = await listOptions(call, { limit, offset });
    return (await listActivities(call, ofAllDatasets, options)).map(presentActivity);
  },
});
