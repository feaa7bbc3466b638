import { alwaysAllowed, readAction, requiredText } from '@portolan/catalogue';
import { invalidMessage, notFound } from '@portolan/kernel';
import { jobToSee } from '../authorisation/job_rules.ts';
import { sourceIdNamed } from '../authorisation/source_rules.ts';
import { presentJob } from '../job/job.presenter.ts';
import { type JobRow, listJobs } from '../job/job.repo.ts';

export const harvestJobShow = readAction<JobRow>({
  name: 'harvest_job_show',
  summary: 'A harvest job with its counts and its most frequent errors.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning:
        'Id of the job, or id or name of a source for its newest job, or for sysadmins the value of `attr`.',
    },
    attr: {
      type: 'text',
      meaning: 'Another column that sysadmins may look the newest such job up by: source_id, status.',
    },
  },
  async authorise(call, params) {
    const { attr } = params;
    // As in CKAN, the rule for the others looks for a job of that id.
    if (!attr || attr === 'id' || !alwaysAllowed(call)) return jobToSee(call, params);
    if (attr !== 'source_id' && attr !== 'status')
      throw invalidMessage(`Jobs cannot be looked up by ${String(attr)}`);
    const value = requiredText(params, 'id');
    const [job] = await listJobs(call.sql, {
      limit: 1,
      ...(attr === 'status' ? { status: value } : { sourceId: await sourceIdNamed(call, value) }),
    });
    if (!job) throw notFound();
    return job;
  },
  handle: (call, _params, job) => presentJob(call.sql, job, { summaries: true }),
});
