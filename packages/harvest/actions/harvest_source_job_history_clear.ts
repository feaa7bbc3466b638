import { writeAction } from '@portolan/catalogue';
import { sourceToChange } from '../authorisation/source_rules.ts';
import { clearHistory } from '../source/clear.ts';
import type { Source } from '../source/source.repo.ts';
import { historyParameters, keptBy } from './history_parameters.ts';

export const harvestSourceJobHistoryClear = writeAction<Source>({
  name: 'harvest_source_job_history_clear',
  summary: 'Takes away the jobs and records of a harvest source; its datasets stay.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the source.' },
    ...historyParameters,
  },
  authorise: (call, params) => sourceToChange(call, params['id'], 'update harvest source'),
  async handle(call, params, source) {
    await clearHistory(call, source.id, keptBy(params));
    return { id: source.id };
  },
});
