import { requiredText, writeAction } from '@portolan/catalogue';
import { holdingToOperate } from '../authorisation/holding_rules.ts';
import { dismissDeletions, type Holding } from '../source/held_deletions.ts';

export const harvestJobDeletionsDismiss = writeAction<Holding>({
  name: 'harvest_job_deletions_dismiss',
  summary: 'Gives held deletions up; the next complete listing decides anew.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the job that held them, or id or name of the source for whatever is held of it.',
    },
  },
  authorise: (call, params) => holdingToOperate(call, requiredText(params, 'id')),
  handle: async (call, _params, holding) => ({ dismissed: await dismissDeletions(call.sql, holding) }),
});
