import { readAction } from '@portolan/catalogue';
import { jobToSee } from '../authorisation/job_rules.ts';
import type { JobRow } from '../job/job.repo.ts';
import { jobReport } from '../job/report.ts';

export const harvestJobReport = readAction<JobRow>({
  name: 'harvest_job_report',
  summary: 'Every error of a harvest job.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the job.' } },
  authorise: jobToSee,
  handle: (call, _params, job) => jobReport(call.sql, job),
});
