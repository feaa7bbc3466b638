import {
  assertMayEdit,
  type DatasetRow,
  findDatasetForUpdate,
  type Params,
  presentDataset,
  requiredText,
  updateDataset,
  writeAction,
} from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { presentSource, sourceStatus } from '../source/source.presenter.ts';
import { storedSource, updateSource } from '../source/write.ts';
import { sourceParameters } from './source_parameters.ts';

export const harvestSourcePatch = writeAction<DatasetRow>({
  name: 'harvest_source_patch',
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
  async handle(call, params, { id }) {
    const before = await storedSource(call, id);
    const changes: Params = { ...params, id };
    if (before.type !== 'harvest') {
      const shown = { ...presentDataset(before, call.site.config), extras: before.extras };
      return updateDataset(call, id, { ...shown, ...changes });
    }
    const status = await sourceStatus(call.sql, id);
    // As in CKAN, what the configuration promotes to the top counts as sent.
    await updateSource(call, id, { ...presentSource(before, { status, secrets: true }), ...changes });
    return presentSource(await storedSource(call, id), {
      status: await sourceStatus(call.sql, id),
      secrets: true,
    });
  },
});
