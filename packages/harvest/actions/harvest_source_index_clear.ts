import { writeAction } from '@portolan/catalogue';
import { sourceToChange } from '../authorisation/source_rules.ts';
import { reindexSource } from '../source/clear.ts';
import type { Source } from '../source/source.repo.ts';

export const harvestSourceIndexClear = writeAction<Source>({
  name: 'harvest_source_index_clear',
  summary:
    'Has the index entries of a harvest source’s datasets made anew; an index without them would be wrong.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the source.' } },
  authorise: (call, params) => sourceToChange(call, params['id'], 'update harvest source'),
  async handle(call, _params, source) {
    await reindexSource(call, source.id);
    return { id: source.id };
  },
});
