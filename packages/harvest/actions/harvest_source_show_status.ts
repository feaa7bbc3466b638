import { datasetLabels, loadDataset, mayRead, notAuthorised, readAction } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { printed } from '../authorisation/source_rules.ts';
import { sourceStatus } from '../source/source.presenter.ts';
import { findSource, type Source } from '../source/source.repo.ts';

export const harvestSourceShowStatus = readAction<Source>({
  name: 'harvest_source_show_status',
  summary: 'How many jobs and datasets a harvest source has, and its newest job.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the source.' } },
  async authorise(call, { id }) {
    const source = typeof id === 'string' && !id.includes('\0') ? await findSource(call.sql, id) : undefined;
    const stored = source && (await loadDataset(call.sql, source.id));
    if (!source || !stored) throw notFound(`Harvest source ${printed(id)} does not exist`);
    if (!(await mayRead(call, datasetLabels(stored, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${stored.id}`);
    return source;
  },
  handle: (call, _params, source) => sourceStatus(call.sql, source.id),
});
