import { notAuthorised, optionalText, readAction } from '@portolan/catalogue';
import { assertMayChange, sysadminsOnly } from '../authorisation/source_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import { listJobs } from '../job/job.repo.ts';

export const harvestJobList = readAction({
  name: 'harvest_job_list',
  summary: 'Harvest jobs, newest first.',
  parameters: {
    source_id: { type: 'text', meaning: 'Only those of this source, by id.' },
    status: { type: 'text', meaning: 'Only those in this state: New, Running, Finished or Aborted.' },
  },
  async authorise(call, params) {
    const sourceId = optionalText(params, 'source_id');
    if (sourceId === undefined) sysadminsOnly(call, 'Only sysadmins can list all harvest jobs');
    else if (!call.ignoreAuth && !call.user?.sysadmin)
      await assertMayChange(call, sourceId, notAuthorised(call, `list jobs for source ${sourceId}`));
  },
  async handle(call, params) {
    const sourceId = optionalText(params, 'source_id');
    const status = optionalText(params, 'status');
    const jobs: unknown[] = [];
    for (const job of await listJobs(call.sql, {
      ...(sourceId ? { sourceId } : {}),
      ...(status ? { status } : {}),
    }))
      jobs.push(await presentJob(call.sql, job, { summaries: false }));
    return jobs;
  },
});
