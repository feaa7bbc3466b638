import { readAction, sysadminOnly } from '@portolan/catalogue';
import { reindexSource } from '../source/clear.ts';

export const harvestSourcesReindex = readAction({
  name: 'harvest_sources_reindex',
  summary: 'Has the index entries of all harvest sources made anew.',
  parameters: {},
  authorise: sysadminOnly,
  async handle(call) {
    const sources = await call.sql.rows<{ id: string }>(`SELECT id FROM harvest_source ORDER BY id`);
    for (const { id } of sources) await call.site.db.transact((tx) => reindexSource({ sql: tx }, id));
    return true;
  },
});
