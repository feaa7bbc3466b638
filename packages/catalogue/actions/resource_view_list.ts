import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { assertMayReadResource } from '../resource/authorise.ts';
import { type FoundResource, findResource } from '../resource/find.ts';
import { listViews, presentView } from '../resource/views/rows.ts';

export const resourceViewList = readAction<FoundResource>({
  name: 'resource_view_list',
  summary: 'The views of a resource, in their order.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the resource.' } },
  async authorise(call, params) {
    const found = await findResource(call.sql, requiredText(params, 'id'));
    if (!found) throw notFound();
    await assertMayReadResource(call, found);
    return found;
  },
  handle: async (call, _params, { resource }) => (await listViews(call.sql, resource.id)).map(presentView),
});
