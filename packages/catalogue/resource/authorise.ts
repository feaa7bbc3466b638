import { invalid, notFound } from '@portolan/kernel';
import type { Call, Params } from '../action/call.ts';
import { optionalText, sent } from '../action/parameters.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { canEdit, mayOverrule, missingId } from '../dataset/may_edit.ts';
import { type FoundResource, findResource } from './find.ts';

/** @throws PortolanError `authorization`, `User … not authorized to read resource …` */
export async function assertMayReadResource(call: Call, { resource, dataset }: FoundResource): Promise<void> {
  const labels = datasetLabels(dataset, call.site.config.allowCollaborators);
  if (!(await mayRead(call, labels))) throw notAuthorised(call, `read resource ${resource.id}`);
}

/** @throws PortolanError `authorization`, `User … not authorized to edit resource …` (or to delete it) */
export async function assertMayEditResource(
  call: Call,
  { resource, dataset }: FoundResource,
  verb: 'edit' | 'delete' = 'edit',
): Promise<void> {
  if (!(await canEdit(call, dataset))) throw notAuthorised(call, `${verb} resource ${resource.id}`);
}

/** The resource that `id` speaks of, unless it is deleted; CKAN's rules complain of a missing id in their own words. */
export async function resourceOfRule(call: Call, params: Params): Promise<FoundResource> {
  if (sent(params, 'id') === undefined) throw invalid(missingId(call, 'Resource'));
  const id = optionalText(params, 'id');
  if (id === undefined) throw mayOverrule(call) ? notFound() : invalid(missingId(call, 'Resource'));
  const found = await findResource(call.sql, id);
  if (!found || found.resource.state === 'deleted') throw notFound();
  return found;
}
