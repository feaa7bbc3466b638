import { assertMayEdit, type DatasetRow, findDataset, isTruthy, writeAction } from '@portolan/catalogue';
import { invalid, notFound } from '@portolan/kernel';
import { presentSource, sourceStatus } from '../source/source.presenter.ts';
import { storedSource, updateSource } from '../source/write.ts';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourceUpdate = writeAction<DatasetRow>({
  name: 'harvest_source_update',
  summary: 'Replaces a harvest source: fields that are not sent are cleared.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    ...sourceParameters,
  },
  async authorise(call, params) {
    const reference = params['id'] || params['name'];
    if (!isTruthy(reference)) throw invalid({ id: 'Missing value' });
    const dataset =
      typeof reference === 'string' && !reference.includes('\0')
        ? await findDataset(call.sql, reference)
        : undefined;
    if (!dataset) throw notFound('Package was not found.');
    await assertMayEdit(call, dataset, params);
    return dataset;
  },
  async handle(call, params, dataset) {
    await updateSource(call, dataset.id, params);
    return presentSource(await storedSource(call, dataset.id), {
      status: await sourceStatus(call.sql, dataset.id),
      secrets: true,
    });
  },
});
