import { invalid, notFound } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { filledText, requireSent } from '../action/parameters.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { type DatasetRow, findDataset } from '../dataset/find.ts';
import { findEditable } from '../dataset/find_editable.ts';
import type { ResourceDict } from '../dataset/presenter.ts';
import { changeDataset } from '../dataset/update.ts';

export const packageResourceReorder = writeAction<DatasetRow>({
  name: 'package_resource_reorder',
  summary: 'Puts the listed resources first, in this order; the others follow in theirs.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id or name of the dataset.' },
    order: { type: 'list', required: true, meaning: 'Ids of resources.' },
  },
  async authorise(call, params) {
    requireSent(params, ['id']);
    requireSent(params, ['order']);
    const { order } = params;
    if (!Array.isArray(order)) throw invalid({ order: 'Must be a list of resource' });
    if (new Set(order).size < order.length) throw invalid({ order: 'Must supply unique resource_ids' });
    const id = filledText(params, 'id', 'name_or_id');
    const row = await findDataset(call.sql, id);
    if (!row) throw notFound();
    if (!(await mayRead(call, datasetLabels(row, call.site.config.allowCollaborators))))
      throw notAuthorised(call, `read package ${row.id}`);
    return findEditable(call, { id });
  },
  async handle(call, params, row) {
    const dataset = await changeDataset(call, row.id, (current) => ({
      ...current,
      resources: reordered(current.resources, params['order'] as unknown[]),
    }));
    return { id: params['id'], order: dataset.resources.map((resource) => resource.id) };
  },
});

function reordered(resources: ResourceDict[], order: unknown[]): ResourceDict[] {
  const rest = new Map(resources.map((resource) => [resource.id as unknown, resource]));
  const first = order.map((id) => {
    const resource = rest.get(id);
    if (!resource) throw invalid({ order: `resource_id ${pythonWords(id)} can not be found` });
    rest.delete(id);
    return resource;
  });
  return [...first, ...rest.values()];
}
