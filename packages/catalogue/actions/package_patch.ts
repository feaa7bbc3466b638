import { writeAction } from '../action/declaration.ts';
import { datasetParameters } from '../dataset/describe.ts';
import { echoing } from '../dataset/echo.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { findEditable } from '../dataset/find_editable.ts';
import { changeDataset } from '../dataset/update.ts';
import { toItsEditors } from '../personal/boundary.ts';

export const packagePatch = writeAction<DatasetRow>({
  name: 'package_patch',
  namesPeople: toItsEditors,
  summary:
    'Changes the fields that are sent and keeps the others; a list that is sent replaces the stored one.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    ...datasetParameters,
  },
  authorise: findEditable,
  handle: (call, params, row) =>
    echoing(params, () => changeDataset(call, row.id, (current) => ({ ...current, ...params, id: row.id }))),
});
