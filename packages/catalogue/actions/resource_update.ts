import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requiredText } from '../action/parameters.ts';
import { resourceParameters } from '../dataset/describe.ts';
import { toItsEditors } from '../personal/boundary.ts';
import { assertMayEditResource } from '../resource/authorise.ts';
import { changeResource } from '../resource/change.ts';
import { type FoundResource, findResource } from '../resource/find.ts';

const gone = () => notFound('Resource was not found.');

export const resourceUpdate = writeAction<FoundResource>({
  name: 'resource_update',
  namesPeople: toItsEditors,
  summary: 'Replaces a resource: url, description and media type are cleared when they are not sent.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the resource.' },
    ...resourceParameters,
  },
  async authorise(call, params) {
    const found = await findResource(call.sql, requiredText(params, 'id'));
    if (!found || found.resource.state === 'deleted') throw gone();
    await assertMayEditResource(call, found);
    return found;
  },
  async handle(call, params, { resource, dataset }) {
    const extras = resource.extras ? (JSON.parse(resource.extras) as Record<string, unknown>) : {};
    // Who replaces a resource's description does not mean to say that its data has left the datastore.
    const carried = 'datastore_active' in extras ? { datastore_active: extras['datastore_active'] } : {};
    const updated = await changeResource(call, dataset.id, resource.id, () => ({ ...carried, ...params }));
    if (!updated) throw gone();
    return updated;
  },
});
