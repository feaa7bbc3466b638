import {
  assertMayEdit,
  type DatasetRow,
  findDatasetForUpdate,
  optionalText,
  requiredText,
  writeAction,
} from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { clearOverlays } from '../overlay/clear.ts';

export const harvestOverlayClear = writeAction<DatasetRow>({
  name: 'harvest_overlay_clear',
  summary: 'Takes local edits of a harvested dataset back to what the source has.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    field: { type: 'text', meaning: 'Only this field; all unless told otherwise.' },
  },
  async authorise(call, params) {
    const dataset = await findDatasetForUpdate(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound();
    await assertMayEdit(call, dataset, {});
    return dataset;
  },
  handle: async (call, params, { id }) => ({
    cleared: await clearOverlays(call, id, optionalText(params, 'field')),
  }),
});
