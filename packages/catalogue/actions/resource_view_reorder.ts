import { invalid, notFound } from '@portolan/kernel';
import { pythonWords } from '@portolan/schema';
import { writeAction } from '../action/declaration.ts';
import { requiredText, requireSent } from '../action/parameters.ts';
import { assertMayEditResource } from '../resource/authorise.ts';
import { type FoundResource, findResource } from '../resource/find.ts';
import { listViews, orderViews } from '../resource/views/rows.ts';

export const resourceViewReorder = writeAction<FoundResource>({
  name: 'resource_view_reorder',
  summary: 'Puts the listed views of a resource first, in this order; the others follow in theirs.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the resource.' },
    order: { type: 'list', required: true, meaning: 'Ids of views.' },
  },
  async authorise(call, params) {
    const { order } = params;
    requireSent(params, ['id', 'order']);
    if (!Array.isArray(order)) throw invalid({ order: 'Must supply order as a list' });
    if (new Set(order).size < order.length) throw invalid({ order: 'No duplicates allowed in order' });
    const found = await findResource(call.sql, requiredText(params, 'id'));
    if (!found || found.resource.state === 'deleted') throw notFound('Resource was not found.');
    await assertMayEditResource(call, found);
    return found;
  },
  async handle(call, params, { resource }) {
    const order = params['order'] as unknown[];
    const present = (await listViews(call.sql, resource.id)).map((view) => view.id);
    const stranger = order.find((id) => !present.includes(id as string));
    if (stranger !== undefined) throw invalid({ order: `View ${pythonWords(stranger)} does not exist` });
    const ids = [...(order as string[]), ...present.filter((id) => !order.includes(id))];
    await orderViews(call.sql, ids);
    return { id: resource.id, order: ids };
  },
});
