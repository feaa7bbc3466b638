import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { cancelJob } from '../service/jobs.ts';

export const jobCancel = writeAction<void>({
  name: 'job_cancel',
  summary: 'Takes a job that waits out of its queue.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the job.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    if (!(await cancelJob(call.sql, requiredText(params, 'id')))) throw notFound();
    return null;
  },
});
