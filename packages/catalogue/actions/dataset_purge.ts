import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { purgeDataset } from '../dataset/purge.ts';

export const datasetPurge = writeAction({
  name: 'dataset_purge',
  summary: 'Takes a dataset away for good, whatever its state; only its activities stay.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    await purgeDataset(call, requiredText(params, 'id'));
    return null;
  },
});
