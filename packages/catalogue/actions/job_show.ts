import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { openJob } from '../service/jobs.ts';

export const jobShow = readAction<void>({
  name: 'job_show',
  summary: 'A background job that waits or runs.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the job.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const job = await openJob(call.sql, requiredText(params, 'id'));
    if (!job) throw notFound();
    return job;
  },
});
