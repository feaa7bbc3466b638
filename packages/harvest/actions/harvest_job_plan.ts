import { natural, optionalText, readAction, requiredText } from '@portolan/catalogue';
import { invalid } from '@portolan/kernel';
import { jobToOperate } from '../authorisation/job_rules.ts';
import type { JobRow } from '../job/job.repo.ts';
import { jobPlan, type PlannedAction } from '../job/planned.ts';

const page = 1000;
const actions: readonly string[] = [
  'create',
  'update',
  'compare',
  'unchanged',
  'delete',
] satisfies PlannedAction[];

export const harvestJobPlan = readAction<JobRow>({
  name: 'harvest_job_plan',
  summary: 'What a harvest job is going to create, update and delete; known before anything is applied.',
  parameters: {
    id: {
      type: 'text',
      required: true,
      meaning: 'Id of the job, or id or name of a source for its newest job.',
    },
    action: { type: 'text', meaning: `Only records of one of: ${actions.join(', ')}.` },
    limit: { type: 'integer', meaning: `At most so many records; ${page} unless told otherwise.` },
    offset: { type: 'integer', meaning: 'So many records are left out at the start.' },
  },
  authorise: (call, params) => jobToOperate(call, requiredText(params, 'id')),
  handle(call, params, job) {
    const action = optionalText(params, 'action');
    if (action !== undefined && !actions.includes(action))
      throw invalid({ action: [`Must be one of: ${actions.join(', ')}`] });
    return jobPlan(call.sql, job, {
      action: action as PlannedAction | undefined,
      limit: Math.min(natural(params, 'limit') ?? page, page),
      offset: natural(params, 'offset') ?? 0,
    });
  },
});
