import { filledText, writeAction } from '@portolan/catalogue';
import { sysadminsOnly } from '../authorisation/source_rules.ts';
import { abortJob } from '../job/abort.ts';
import { presentJob } from '../job/job.presenter.ts';

export const harvestJobAbort = writeAction({
  name: 'harvest_job_abort',
  summary: 'Ends a harvest job now; what it has imported stays.',
  parameters: {
    id: { type: 'text', meaning: 'Id of the job, or id or name of a source for its newest job.' },
    source_id: { type: 'text', meaning: 'Id or name of a source, for its newest job.' },
  },
  authorise: (call) => sysadminsOnly(call, 'Only sysadmins can run the pending harvest jobs'),
  async handle(call, params) {
    const reference = filledText(params, params['id'] ? 'id' : 'source_id', 'id');
    const job = await abortJob(call.sql, call.site, reference);
    return presentJob(call.sql, job, { summaries: true });
  },
});
