import { assertMayCreate, createDataset, toItsEditors, writeAction } from '@portolan/catalogue';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourceCreate = writeAction({
  name: 'harvest_source_create',
  namesPeople: toItsEditors,
  summary: 'Makes a harvest source: somewhere that datasets are fetched from.',
  parameters: sourceParameters,
  authorise: assertMayCreate,
  handle: (call, params) => createDataset(call, { ...params, type: 'harvest' }),
});
