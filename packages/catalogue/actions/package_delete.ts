import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { deleteDataset } from '../dataset/delete.ts';
import type { DatasetRow } from '../dataset/find.ts';
import { findEditable } from '../dataset/find_editable.ts';

export const packageDelete = writeAction<DatasetRow>({
  name: 'package_delete',
  summary:
    'Marks a dataset as deleted; package_patch with `state` brings it back, dataset_purge takes it away.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' } },
  authorise(call, params) {
    const id = requiredText(params, 'id');
    if (!id) throw notFound();
    return findEditable(call, { id });
  },
  async handle(call, params) {
    await deleteDataset(call, requiredText(params, 'id'));
    return null;
  },
});
