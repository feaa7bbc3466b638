import {
  assertMayEdit,
  type DatasetRow,
  findDataset,
  isTruthy,
  toItsEditors,
  updateDataset,
  writeAction,
} from '@portolan/catalogue';
import { invalid, notFound } from '@portolan/kernel';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourceUpdate = writeAction<DatasetRow>({
  name: 'harvest_source_update',
  namesPeople: toItsEditors,
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
  handle: (call, params, dataset) => updateDataset(call, dataset.id, params),
});
