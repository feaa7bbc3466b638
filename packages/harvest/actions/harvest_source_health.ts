import { datasetLabels, loadDataset, mayRead, notAuthorised, readAction } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { feedHealth } from '../health/feed_health.ts';
import { findSourceByReference, type Source } from '../source/source.repo.ts';

export const harvestSourceHealth = readAction<Source>({
  name: 'harvest_source_health',
  summary: 'How a harvest source does: its last runs, what is wrong with its records, what is held back.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id or name of the source.' } },
  async authorise(call, { id }) {
    const source =
      typeof id === 'string' && !id.includes('\0') ? await findSourceByReference(call.sql, id) : undefined;
    const stored = source && (await loadDataset(call.sql, source.id));
    if (!source || !stored) throw notFound('Harvest source not found');
    if (!(await mayRead(call, datasetLabels(stored, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${stored.id}`);
    return source;
  },
  handle: (call, _params, source) => feedHealth(call.sql, source),
});
