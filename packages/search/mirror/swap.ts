import type { Client } from '@opensearch-project/opensearch';
import type { Db } from '@portolan/db';
import { isMissing } from './away.ts';
import type { Outlet } from './deliver.ts';
import { namedIndices } from './index_names.ts';
import { mirrorIndices, noteSwapped } from './mirror_index.repo.ts';

/**
 * Has searches answered by this index. First the alias, in one step for every process, then the table: between the
 * two both indices are written. A swap that was broken off is ended by `endSwap`.
 */
export async function swap(db: Db, outlet: Outlet, alias: string, name: string): Promise<void> {
  await pointAlias(outlet.client, alias, name);
  await endSwap(db, outlet, alias, name);
}

export async function endSwap(
  db: Db,
  { client, logger }: Outlet,
  alias: string,
  name: string,
): Promise<void> {
  await db.transact((tx) => noteSwapped(tx, name));
  logger.info({ index: name }, 'searches are answered by another index');
  // The one before the last, and what broken builds left.
  const known = new Set((await mirrorIndices(db)).map((index) => index.name));
  for (const left of await namedIndices(client, alias))
    if (!known.has(left.name)) await client.indices.delete({ index: left.name, ignore_unavailable: true });
}

/** The index that the alias names; undefined without alias. */
export async function aliased(client: Client, alias: string): Promise<string | undefined> {
  try {
    const { body } = await client.indices.getAlias({ name: alias });
    return Object.keys(body)[0];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function pointAlias(client: Client, alias: string, index: string): Promise<void> {
  // Whoever wrote to the alias while there was none has made an index of that name, which stands in its way.
  const isIndex =
    (await aliased(client, alias)) === undefined && (await client.indices.exists({ index: alias })).body;
  await client.indices.updateAliases({
    body: {
      actions: [
        isIndex ? { remove_index: { index: alias } } : { remove: { index: '*', alias, must_exist: false } },
        { add: { index, alias } },
      ],
    },
  } as never);
}
