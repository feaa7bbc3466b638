import { requiredText, writeAction } from '@portolan/catalogue';
import { jobToOperate } from '../authorisation/job_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';
import { pauseJob } from '../job/pause.ts';
import { enqueueHarvest } from '../jobs.table.ts';

export const harvestJobPause = writeAction<JobRow>({
  name: 'harvest_job_pause',
  summary: 'Lets a running harvest job wait where it is.',
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
    return presentJob(call.sql, await pauseJob(call.sql, site, id), { summaries: false });
  },
});
