import { invalid, notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { optionalText } from '../action/parameters.ts';
import { datasetParameters } from '../dataset/describe.ts';
import { echoing } from '../dataset/echo.ts';
import { type DatasetRow, findDatasetForUpdate } from '../dataset/find.ts';
import { assertMayEdit } from '../dataset/may_edit.ts';
import { updateDataset } from '../dataset/update.ts';
import { toItsEditors } from '../personal/boundary.ts';

export const packageUpdate = writeAction<DatasetRow>({
  name: 'package_update',
  namesPeople: toItsEditors,
  summary:
    'Replaces a dataset: fields that are not sent are cleared, resources that are not listed are deleted.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset; or its name as `name`.' },
    ...datasetParameters,
  },
  async authorise(call, params) {
    const reference = optionalText(params, 'id') ?? optionalText(params, 'name');
    if (reference === undefined) throw invalid({ id: 'Missing value' });
    const row = await findDatasetForUpdate(call.sql, reference);
    if (!row) throw notFound('Package was not found.');
    await assertMayEdit(call, row, params);
    return row;
  },
  handle: (call, params, row) => echoing(params, () => updateDataset(call, row.id, params)),
});
