import { notFound } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { resourceParameters } from '../dataset/describe.ts';
import { toItsEditors } from '../personal/boundary.ts';
import { assertMayEditResource, resourceOfRule } from '../resource/authorise.ts';
import { changeResource } from '../resource/change.ts';
import type { FoundResource } from '../resource/find.ts';

export const resourcePatch = writeAction<FoundResource>({
  name: 'resource_patch',
  namesPeople: toItsEditors,
  summary: 'Changes the fields of a resource that are sent and keeps the others.',
  parameters: {
    id: { type: 'text', required: true, meaning: 'Id of the resource.' },
    ...resourceParameters,
  },
  async authorise(call, params) {
    const found = await resourceOfRule(call, params);
    await assertMayEditResource(call, found);
    return found;
  },
  async handle(call, params, { resource, dataset }) {
    const patched = await changeResource(call, dataset.id, resource.id, (current) => ({
      ...current,
      ...params,
    }));
    if (!patched) throw notFound();
    return patched;
  },
});
