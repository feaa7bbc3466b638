import { readAction, sysadminOnly } from '@portolan/catalogue';
import { harvestStatus } from '../status/status.ts';

export const harvestStatusAction = readAction({
  name: 'harvest_status',
  summary: 'What the harvesters are at: jobs under way, records that wait, work that shows no life.',
  parameters: {},
  authorise: sysadminOnly,
  handle: (call) => harvestStatus(call.sql, call.site.runtime.now(), call.site.config),
});
