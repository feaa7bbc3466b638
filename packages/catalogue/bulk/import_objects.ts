import { PortolanError } from '@portolan/kernel';
import type { Site } from '../action/call.ts';
import type { Action } from '../action/declaration.ts';
import { dispatch } from '../action/dispatch.ts';
import type { ImportOptions, Line, Outcome } from './import_datasets.ts';
import { saysTheSame } from './same.rules.ts';

/** Actions that read, make and change one kind of object. */
export interface ObjectActions {
  show: Action;
  create: Action;
  update: Action;
}

/** Organisations, groups or users, one by one: there are few of them. Outcomes in the order of the lines. */
export async function importObjects(
  site: Site,
  actions: ObjectActions,
  lines: readonly Line[],
  options: ImportOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const line of lines) outcomes.push(await importOne(site, actions, line, options));
  return outcomes;
}

async function importOne(
  site: Site,
  { show, create, update }: ObjectActions,
  { object }: Line,
  { user, only }: ImportOptions,
): Promise<Outcome> {
  const caller = { user, ignoreAuth: true, via: 'cli' as const };
  try {
    // An object of another portal may have another id here.
    const stored = (await found(site, show, object['id'])) ?? (await found(site, show, object['name']));
    if (stored && only === 'create') return 'skipped';
    if (!stored && only === 'update') return 'skipped';
    if (stored && saysTheSame(object, stored)) return 'unchanged';
    const target = stored ? { ...object, id: (stored as { id: string }).id } : object;
    await dispatch(site, stored ? update : create, caller, target);
    return stored ? 'updated' : 'created';
  } catch (error) {
    return { error };
  }
}

async function found(site: Site, show: Action, id: unknown): Promise<unknown> {
  if (typeof id !== 'string' || id === '') return undefined;
  try {
    return await dispatch(site, show, { user: undefined, ignoreAuth: true }, { id, include_users: true });
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound') return undefined;
    throw error;
  }
}
