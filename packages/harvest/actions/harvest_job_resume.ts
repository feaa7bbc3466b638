import { requiredText, writeAction } from '@portolan/catalogue';
import { jobToOperate } from '../authorisation/job_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';
import { resumeJob } from '../job/pause.ts';
import { enqueueHarvest } from '../jobs.table.ts';

export const harvestJobResume = writeAction<JobRow>({
  name: 'harvest_job_resume',
  summary: 'Lets a harvest job go on that was paused, aborted or timed out.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the job, or id or name of a source for its newest job.',
    },
  },
  authorise: (call, params) => jobToOperate(call, requiredText(params, 'id')),
  async handle(call, _params, { id }) {
    const site = { runtime: call.site.runtime, enqueue: enqueueHarvest };
    return presentJob(call.sql, await resumeJob(call.sql, site, id), { summaries: false });
  },
});
