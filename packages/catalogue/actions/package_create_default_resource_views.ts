import { invalid } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { type DatasetRow, findDataset } from '../dataset/find.ts';
import { loadDataset } from '../dataset/load.ts';
import { assertMayEdit } from '../dataset/may_edit.ts';
import { presentDataset } from '../dataset/presenter.ts';
import { makeDefaultViews } from '../resource/default_views.ts';

export const packageCreateDefaultResourceViews = writeAction<DatasetRow>({
  name: 'package_create_default_resource_views',
  summary:
    'Makes the views that new resources would get for all resources of a dataset, where they are missing.',
  parameters: {
    package: { type: 'object', required: true, meaning: 'The dataset as package_show answers it.' },
    create_datastore_views: { type: 'boolean', meaning: 'Without effect: views follow the data.' },
  },
  async authorise(call, params) {
    requireSent(params, ['package']);
    const id = (params['package'] as { id?: unknown } | null)?.id;
    const row = typeof id === 'string' ? await findDataset(call.sql, id) : undefined;
    if (!row) throw invalid({ package: ['Not found: Dataset'] });
    await assertMayEdit(call, row);
    return row;
  },
  async handle(call, _params, { id }) {
    const stored = await loadDataset(call.sql, id);
    return stored ? makeDefaultViews(call, presentDataset(stored, call.site.config).resources) : [];
  },
});
