import {
  assertMayEdit,
  changeDataset,
  type DatasetRow,
  findDatasetForUpdate,
  requiredText,
  toItsEditors,
  writeAction,
} from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourcePatch = writeAction<DatasetRow>({
  name: 'harvest_source_patch',
  namesPeople: toItsEditors,
  summary: 'Changes the fields of a harvest source that are sent.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the source.' },
    ...sourceParameters,
  },
  async authorise(call, params) {
    // Locked, so that nobody changes between our reading and our writing what is not sent.
    const dataset = await findDatasetForUpdate(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound();
    await assertMayEdit(call, dataset, params);
    return dataset;
  },
  handle: (call, params, { id }) =>
    // As in CKAN, what the configuration promotes to the top counts as sent.
    changeDataset(call, id, (current) => ({ ...current, ...params, id })),
});
