import {
  assertMayEdit,
  type DatasetRow,
  deleteDataset,
  findDataset,
  requiredText,
  writeAction,
} from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';

export const harvestSourceDelete = writeAction<DatasetRow>({
  name: 'harvest_source_delete',
  summary: 'Switches a harvest source off. Its datasets stay.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the source.' } },
  async authorise(call, params) {
    const dataset = await findDataset(call.sql, requiredText(params, 'id'));
    if (!dataset)
      throw notFound(call.user?.sysadmin || call.ignoreAuth ? undefined : 'Harvest source not found');
    await assertMayEdit(call, dataset);
    return dataset;
  },
  async handle(call, _params, { id }) {
    await deleteDataset(call, id);
    return null;
  },
});
