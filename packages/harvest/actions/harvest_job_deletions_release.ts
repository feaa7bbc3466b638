import { requiredText, writeAction } from '@portolan/catalogue';
import { jobToOperate } from '../authorisation/job_rules.ts';
import type { JobRow } from '../job/job.repo.ts';
import { enqueueHarvest } from '../jobs.table.ts';
import { releaseDeletions } from '../source/held_deletions.ts';

export const harvestJobDeletionsRelease = writeAction<JobRow>({
  name: 'harvest_job_deletions_release',
  summary: 'Has the held deletions of a source done after all, by a job of their own.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of a job of the source, or id or name of the source.' },
  },
  authorise: (call, params) => jobToOperate(call, requiredText(params, 'id')),
  async handle(call, _params, job) {
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    const { released, jobId } = await releaseDeletions(call.sql, site, job.source_id);
    return { released, ...(jobId === undefined ? {} : { job_id: jobId }) };
  },
});
