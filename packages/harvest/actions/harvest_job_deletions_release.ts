import { flag, requiredText, writeAction } from '@portolan/catalogue';
import { holdingToOperate } from '../authorisation/holding_rules.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { countReleasable, type Holding, releaseDeletions } from '../source/held_deletions.ts';

export const harvestJobDeletionsRelease = writeAction<Holding>({
  name: 'harvest_job_deletions_release',
  summary: 'Has held deletions done after all, by a job of their own.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the job that held them, or id or name of the source for whatever is held of it.',
    },
    confirm: { type: 'boolean', meaning: 'false: only say how many there are; true unless told otherwise.' },
  },
  authorise: (call, params) => holdingToOperate(call, requiredText(params, 'id')),
  async handle(call, params, holding) {
    if (!flag(params, 'confirm', true))
      return { released: 0, held: await countReleasable(call.sql, holding) };
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const { released, jobId } = await releaseDeletions(call.sql, site, holding);
    return { released, ...(jobId === undefined ? {} : { job_id: jobId }) };
  },
});
