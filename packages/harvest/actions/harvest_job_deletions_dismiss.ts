import { requiredText, writeAction } from '@portolan/catalogue';
import { jobToOperate } from '../authorisation/job_rules.ts';
import type { JobRow } from '../job/job.repo.ts';
import { dismissDeletions } from '../source/held_deletions.ts';

export const harvestJobDeletionsDismiss = writeAction<JobRow>({
  name: 'harvest_job_deletions_dismiss',
  summary: 'Gives the held deletions of a source up; the next complete listing decides anew.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of a job of the source, or id or name of the source.' },
  },
  authorise: (call, params) => jobToOperate(call, requiredText(params, 'id')),
  handle: async (call, _params, job) => ({ dismissed: await dismissDeletions(call.sql, job.source_id) }),
});
