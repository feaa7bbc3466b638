import { optionalText, writeAction } from '@portolan/catalogue';
import { sourceToOperate } from '../authorisation/source_rules.ts';
import { freezeSource } from '../source/freeze.ts';
import { findSource, type Source } from '../source/source.repo.ts';

export const harvestSourceFreeze = writeAction<Source>({
  name: 'harvest_source_freeze',
  summary: 'No job of the source is made any more until it is unfrozen; one that runs may finish.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    reason: { type: 'text', meaning: 'Shown to who tries to harvest it.' },
  },
  authorise: (call, params) => sourceToOperate(call, params['id']),
  async handle(call, params, source) {
    await freezeSource(call.sql, source.id, optionalText(params, 'reason') ?? '');
    return findSource(call.sql, source.id);
  },
});
