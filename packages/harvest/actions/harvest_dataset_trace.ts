import { assertMayEdit, type DatasetRow, findDataset, readAction, requiredText } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { traceDataset } from '../trace/trace.ts';

export const harvestDatasetTrace = readAction<DatasetRow>({
  name: 'harvest_dataset_trace',
  summary:
    'A dataset’s way from its source’s record to the index, link by link, and the first that does not hold.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  async authorise(call, params) {
    const dataset = await findDataset(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound();
    await assertMayEdit(call, dataset, {});
    return dataset;
  },
  handle: (call, _params, { id }) => traceDataset(call.sql, id),
});
