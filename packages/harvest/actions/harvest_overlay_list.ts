import { assertMayEdit, type DatasetRow, findDataset, readAction, requiredText } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { findEdited } from '../overlay/edits.ts';

export const harvestOverlayList = readAction<DatasetRow>({
  name: 'harvest_overlay_list',
  summary: 'Local edits of a harvested dataset, which harvests keep; `noticed` is when one first met them.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  async authorise(call, params) {
    const dataset = await findDataset(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound();
    await assertMayEdit(call, dataset, {});
    return dataset;
  },
  handle: async (call, _params, { id }) =>
    ((await findEdited(call, id))?.edits ?? []).map(
      ({ field, value, sourceValue, noticed, sourceChanged, jobId }) => ({
        field,
        value,
        source_value: sourceValue,
        noticed,
        source_changed: sourceChanged,
        job_id: jobId,
      }),
    ),
});
