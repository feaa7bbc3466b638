import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { type DatasetRow, findDataset } from '../dataset/find.ts';
import { purgeDataset } from '../dataset/purge.ts';

export const datasetPurge = writeAction<DatasetRow>({
  name: 'dataset_purge',
  summary: 'Takes a dataset away for good, whatever its state; only its activities stay.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  async authorise(call, params) {
    const row = await findDataset(call.sql, requiredText(params, 'id'));
    if (!row) throw notFound('Dataset was not found');
    sysadminOnly(call);
    return row;
  },
  async handle(call, _params, row) {
    await purgeDataset(call, row.id);
    return null;
  },
});
