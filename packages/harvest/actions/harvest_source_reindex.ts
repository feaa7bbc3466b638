import { findDataset, readAction, requiredText } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { reindexSource } from '../source/clear.ts';

export const harvestSourceReindex = readAction({
  name: 'harvest_source_reindex',
  summary: 'Has the index entries of a harvest source and its datasets made anew.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the source.' } },
  async authorise(call, params) {
    const dataset = await findDataset(call.sql, requiredText(params, 'id'));
    if (!dataset) throw notFound();
    return dataset;
  },
  async handle(call, _params, { id }) {
    await call.site.db.transact((tx) => reindexSource({ sql: tx }, id));
    return true;
  },
});
