import { writeAction } from '@portolan/catalogue';
import { timestamp } from '@portolan/kernel';
import { sourceToOperate } from '../authorisation/source_rules.ts';
import { unfreezeSource } from '../source/freeze.ts';
import { findSource, type Source } from '../source/source.repo.ts';

export const harvestSourceUnfreeze = writeAction<Source>({
  name: 'harvest_source_unfreeze',
  summary: 'Lets a frozen source be harvested again.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the source.' } },
  authorise: (call, params) => sourceToOperate(call, params['id']),
  async handle(call, _params, source) {
    await unfreezeSource(call.sql, source.id, timestamp(call.site.runtime.now()));
    return findSource(call.sql, source.id);
  },
});
