import { notFound } from '@portolan/kernel';
import type { Call } from '../../action/call.ts';
import { assertMayEditResource } from '../authorise.ts';
import { type FoundResource, findResource } from '../find.ts';
import { findView, type ViewRow } from './rows.ts';

export interface FoundView {
  view: ViewRow;
  found: FoundResource;
}

/** A view with its resource. @throws PortolanError `notFound`, with the detail that the caller's rule has */
export async function requireView(call: Call, id: string, detail?: string): Promise<FoundView> {
  const view = await findView(call.sql, id);
  const found = view && (await findResource(call.sql, view.resource_id));
  if (!view || !found) throw notFound(detail);
  return { view, found };
}

/** Like `requireView`, when the caller may edit the resource; CKAN's messages speak of the resource. */
export async function requireEditableView(
  call: Call,
  id: string,
  verb: 'edit' | 'delete',
): Promise<FoundView> {
  const { view, found } = await requireView(call, id);
  await assertMayEditResource(call, found, verb);
  return { view, found };
}
