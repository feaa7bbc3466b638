import { invalid } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { canEdit } from '../dataset/may_edit.ts';
import { presentResource } from '../dataset/presenter.ts';
import { makeDefaultViews } from '../resource/default_views.ts';
import { type FoundResource, findResource } from '../resource/find.ts';

export const resourceCreateDefaultResourceViews = writeAction<FoundResource>({
  name: 'resource_create_default_resource_views',
  summary: 'Makes the views that a new resource would get, where they are missing.',
  parameters: {
    resource: { type: 'object', required: true, meaning: 'The resource as resource_show answers it.' },
    package: { type: 'object', meaning: 'Its dataset; not needed.' },
    create_datastore_views: { type: 'boolean', meaning: 'Without effect: views follow the data.' },
  },
  async authorise(call, params) {
    const { resource } = params;
    requireSent(params, ['resource']);
    const id = (resource as { id?: unknown } | null)?.id;
    const found = typeof id === 'string' ? await findResource(call.sql, id) : undefined;
    if (!found) throw invalid({ resource: ['Not found: Resource'] });
    if (!(await canEdit(call, found.dataset)))
      throw notAuthorised(call, `create resources on dataset ${found.dataset.id}`);
    return found;
  },
  handle: (call, _params, { resource, dataset }) =>
    makeDefaultViews(call, [presentResource(resource, dataset.type ?? 'dataset', call.site.config)]),
});
