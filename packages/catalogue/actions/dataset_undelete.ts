import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { findEditable } from '../dataset/find_editable.ts';
import { undeleteDataset } from '../dataset/undelete.ts';
import { toItsEditors } from '../personal/boundary.ts';

export const datasetUndelete = writeAction<DatasetRow>({
  name: 'dataset_undelete',
  namesPeople: toItsEditors,
  summary:
    'Brings a deleted dataset back as it was before: state, name, groups and collaborators. For whoever may edit it.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  authorise(call, params) {
    const id = requiredText(params, 'id');
    if (!id) throw notFound();
    return findEditable(call, { id });
  },
  handle: (call, _params, row) => undeleteDataset(call, row.id),
});
