import { requiredText, writeAction } from '@portolan/catalogue';
import { jobToSee } from '../authorisation/job_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';
import { sendToGather } from '../job/start.ts';
import { enqueueHarvest } from '../jobs.table.ts';

export const harvestSendJobToGatherQueue = writeAction<JobRow>({
  name: 'harvest_send_job_to_gather_queue',
  summary: 'Starts a harvest job that was made without being started.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the job.' } },
  authorise(call, params) {
    requiredText(params, 'id');
    return jobToSee(call, params);
  },
  async handle(call, _params, job) {
    const sent = await sendToGather(
      call.sql,
      { runtime: call.site.runtime, enqueue: enqueueHarvest },
      job.id,
    );
    return presentJob(call.sql, sent, { summaries: true });
  },
});
