import { readAction } from '../action/declaration.ts';
import { isTruthy, parseInteger } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { queuesOf, waitingJobs } from '../service/jobs.ts';

export const jobList = readAction<string[] | undefined>({
  name: 'job_list',
  summary: 'Background jobs that wait.',
  parameters: {
    queues: { type: 'list', meaning: 'Only those of these queues.' },
    limit: { type: 'integer', meaning: 'Most jobs.' },
    ids_only: { type: 'boolean', meaning: 'Ids in place of jobs.' },
  },
  authorise(call, params) {
    const queues = queuesOf(params);
    sysadminOnly(call);
    return queues;
  },
  async handle(call, params, queues) {
    const limit = parseInteger(params['limit']);
    const jobs = await waitingJobs(
      call.sql,
      queues,
      typeof limit === 'number' && limit > 0 ? limit : undefined,
    );
    return isTruthy(params['ids_only']) ? jobs.map((job) => job.id) : jobs;
  },
});
