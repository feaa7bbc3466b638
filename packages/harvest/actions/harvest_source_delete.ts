import {
  assertMayEdit,
  type DatasetRow,
  deleteDataset,
  findDataset,
  requiredText,
  writeAction,
} from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { abortNewJobs } from '../source/write.ts';

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
    await call.sql.rows(`UPDATE harvest_source SET active = false WHERE id = $1`, [id]);
    await abortNewJobs(call, id);
    return null;
  },
});
