import { FetchError } from '@portolan/fetcher';
import type { DatasetDict } from '../../dataset_writer.ts';
import { type ObjectContext, ObjectFailure } from '../../driver.ts';
import { actionUrl, plusQuoted } from './search.rules.ts';
import { remoteHeaders } from './search.ts';

type Reference = { id: string; name: string };

/**
 * The remote's groups that the source's configuration keeps: none, those there are here (`only_local`), or all,
 * made here when they are missing (`create`). A group that cannot be had is left out.
 */
export async function localGroups(context: ObjectContext, remote: DatasetDict): Promise<Reference[]> {
  const mode = context.config['remote_groups'];
  if (mode !== 'only_local' && mode !== 'create') return [];
  const kept: Reference[] = [];
  const groups = Array.isArray(remote.groups) ? remote.groups : [];
  const most = context.portal.maxEntries;
  // Each may be asked for.
  if (groups.length > most)
    throw new ObjectFailure(
      `The record has ${groups.length} groups, more than ${most} (portolan.harvest.max_entries)`,
    );
  for (const group of groups) {
    const reference = typeof group === 'string' ? group : (group.id ?? group.name);
    if (!reference) continue;
    const local =
      (await findGroup(context, reference, false)) ??
      (typeof group === 'object' && group.name ? await findGroup(context, group.name, false) : undefined) ??
      (mode === 'create' ? await fetchAndCreate(context, reference, false) : undefined);
    if (local) kept.push(local);
  }
  return kept;
}

/** Id of the local organisation that stands for the remote owner; undefined for the source's own. */
export async function localOrganization(
  context: ObjectContext,
  remote: DatasetDict,
): Promise<string | undefined> {
  const mode = context.config['remote_orgs'];
  if ((mode !== 'only_local' && mode !== 'create') || !remote.owner_org) return undefined;
  const local =
    (await findGroup(context, remote.owner_org, true)) ??
    (mode === 'create' ? await fetchAndCreate(context, remote.owner_org, true) : undefined);
  return local?.id;
}

async function findGroup(
  { sql }: ObjectContext,
  reference: string,
  organization: boolean,
): Promise<Reference | undefined> {
  const rows = await sql.rows<Reference>(
    `SELECT id, name FROM "group" WHERE (id = $1 OR name = $1) AND is_organization = $2 AND state = 'active'
     ORDER BY id = $1 DESC LIMIT 1`,
    [reference, organization],
  );
  return rows[0];
}

/** One that could not be had is not asked for again with each record that names it. */
async function fetchAndCreate(
  context: ObjectContext,
  reference: string,
  organization: boolean,
): Promise<Reference | undefined> {
  const missing = `missing ${organization ? 'organisation' : 'group'} ${reference}`;
  if (context.found.has(missing)) return undefined;
  const made = await attempt(context, reference, organization);
  if (!made) context.found.set(missing, true);
  return made;
}

const dropped = ['packages', 'created', 'users', 'groups', 'tags', 'extras', 'display_name', 'type'];

async function attempt(
  context: ObjectContext,
  reference: string,
  organization: boolean,
): Promise<Reference | undefined> {
  const actions = organization ? ['organization_show', 'group_show'] : ['group_show'];
  for (const action of actions) {
    const remote = await show(context, action, reference);
    if (!remote) continue;
    const group = Object.fromEntries(Object.entries(remote).filter(([key]) => !dropped.includes(key)));
    const made = { ...group, id: remote.id, name: remote.name, is_organization: organization };
    try {
      await context.ensureGroup(made);
      return { id: remote.id, name: remote.name };
    } catch (error) {
      context.logger.warn({ group: reference, err: error }, 'a remote group could not be made here');
      return undefined;
    }
  }
  return undefined;
}

async function show(
  context: ObjectContext,
  action: string,
  id: string,
): Promise<(Reference & Record<string, unknown>) | undefined> {
  const { source, fetcher, config, signal, logger, portal } = context;
  const url = `${actionUrl(source.url, action)}?id=${plusQuoted(id)}`;
  try {
    const body = (
      await fetcher.read(url, {
        headers: remoteHeaders(config),
        signal,
        maxBytes: portal.maxRecordBytes,
      })
    ).json() as {
      result?: Reference & Record<string, unknown>;
    };
    const { result } = body ?? {};
    return typeof result?.id === 'string' && typeof result.name === 'string' ? result : undefined;
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    logger.info({ url: error.url, err: error }, 'a remote group could not be read');
    return undefined;
  }
}
