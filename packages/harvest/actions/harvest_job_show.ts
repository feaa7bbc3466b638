import { readAction } from '@portolan/catalogue';
import { jobToSee } from '../authorisation/job_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import type { JobRow } from '../job/job.repo.ts';

export const harvestJobShow = readAction<JobRow>({
  name: 'harvest_job_show',
  summary: 'A harvest job with its counts and its most frequent errors.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the job.' } },
  authorise: jobToSee,
  handle: (call, _params, job) => presentJob(call.sql, job, { summaries: true }),
});
