import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { changeDataset } from '../dataset/update.ts';
import { assertMayEditResource } from '../resource/authorise.ts';
import { type FoundResource, findResource } from '../resource/find.ts';

export const resourceDelete = writeAction<FoundResource>({
  name: 'resource_delete',
  summary: 'Takes a resource out of its dataset.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the resource.' } },
  async authorise(call, params) {
    const found = await findResource(call.sql, requiredText(params, 'id'));
    if (!found) throw notFound();
    await assertMayEditResource(call, found, 'delete');
    return found;
  },
  async handle(call, _params, { resource, dataset }) {
    await changeDataset(call, dataset.id, (current) => ({
      ...current,
      resources: current.resources.filter(({ id }) => id !== resource.id),
    }));
    return null;
  },
});
