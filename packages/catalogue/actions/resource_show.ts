import { notFound } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { presentResource } from '../dataset/presenter.ts';
import { maySeePersonalData } from '../personal/boundary.ts';
import { assertMayReadResource } from '../resource/authorise.ts';
import { type FoundResource, findResource } from '../resource/find.ts';

export const resourceShow = readAction<FoundResource>({
  name: 'resource_show',
  namesPeople: (call, _params, { dataset }) => maySeePersonalData(call, () => dataset),
  conditional: true,
  summary: 'A resource of a dataset.',
  parameters: { id: { type: 'text', required: true, meaning: 'Id of the resource.' } },
  async authorise(call, params) {
    if (params['id'] === '') throw notFound();
    const found = await findResource(call.sql, requiredText(params, 'id'));
    if (!found || found.resource.state === 'deleted') throw notFound();
    await assertMayReadResource(call, found);
    return found;
  },
  handle: (call, _params, { resource, dataset }) =>
    presentResource(resource, dataset.type ?? 'dataset', call.site.config),
});
