import { steppedAction } from '@portolan/catalogue';
import { sourceToChange } from '../authorisation/source_rules.ts';
import { clearSource } from '../source/clear.ts';
import type { Source } from '../source/source.repo.ts';

export const harvestSourceClear = steppedAction<Source>({
  name: 'harvest_source_clear',
  summary: 'Takes away for good all datasets, records and jobs of a harvest source; the source stays.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the source.' } },
  authorise: (call, params) => sourceToChange(call, params['id'], 'update harvest source'),
  async handle({ site }, _params, source) {
    await clearSource(site, source.id);
    return { id: source.id };
  },
});
