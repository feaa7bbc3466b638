import { assertMayCreate, writeAction } from '@portolan/catalogue';
import { presentSource, sourceStatus } from '../source/source.presenter.ts';
import { createSource, storedSource } from '../source/write.ts';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourceCreate = writeAction({
  name: 'harvest_source_create',
  summary: 'Makes a harvest source: somewhere that datasets are fetched from.',
  parameters: sourceParameters,
  authorise: assertMayCreate,
  async handle(call, params) {
    const id = await createSource(call, params);
    return presentSource(await storedSource(call, id), {
      status: await sourceStatus(call.sql, id),
      secrets: true,
    });
  },
});
