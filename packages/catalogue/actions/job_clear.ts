import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { clearQueues, queuesOf } from '../service/jobs.ts';

export const jobClear = writeAction<string[] | undefined>({
  name: 'job_clear',
  summary: 'Takes all jobs that wait out of their queues; gives back the queues.',
  parameters: { queues: { type: 'list', meaning: 'Only these queues.' } },
  authorise(call, params) {
    const queues = queuesOf(params);
    sysadminOnly(call);
    return queues;
  },
  handle: (call, _params, queues) => clearQueues(call.sql, queues),
});
