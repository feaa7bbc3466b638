import type { Db } from '@portolan/db';
import { type BuildOptions, buildIndex } from './build.ts';
import type { Outlet } from './deliver.ts';
import { indexExists } from './index_names.ts';
import { forgetIndex, type MirrorIndex, mirrorIndex } from './mirror_index.repo.ts';
import { aliased, endSwap, pointAlias } from './swap.ts';

/**
 * Sees to it that there is an index with the mapping of this version, behind the alias: ends what was broken off,
 * builds what is missing. The index of before answers meanwhile those who can read it. While two versions of the
 * portal run at a time the one that was started later has its way: `started` is when this process was.
 */
export async function tendMirror(
  db: Db,
  outlet: Outlet,
  alias: string,
  started: Date,
  pace: BuildOptions['pace'],
): Promise<void> {
  const { client, format } = outlet;
  const answering = await aliased(client, alias);
  const building = await mirrorIndex(db, 'building');
  if (building && building.name === answering) await endSwap(db, outlet, alias, building.name);
  let live = await mirrorIndex(db, 'live');
  if (live && !(await indexExists(client, live.name))) {
    outlet.logger.warn({ index: live.name }, 'the index is gone from OpenSearch, it is built anew');
    await forgetIndex(db, live.name);
    live = undefined;
  }
  if (live && live.name !== answering) await pointAlias(client, alias, live.name);
  const unfinished = await mirrorIndex(db, 'building');
  const isForeign = (index: MirrorIndex | undefined) => index && index.mapping !== format.version;
  if ([live, unfinished].some((index) => isForeign(index) && index!.created > started)) return;
  if (live && !isForeign(live) && !unfinished) return;
  if (live && !isForeign(live) && isForeign(unfinished)) {
    await forgetIndex(db, unfinished!.name);
    await client.indices.delete({ index: unfinished!.name, ignore_unavailable: true });
    return;
  }
  // After going back to an earlier version of the portal its index may still be there.
  const previous = await mirrorIndex(db, 'previous');
  const returns =
    !unfinished && previous?.mapping === format.version && (await indexExists(client, previous.name));
  await buildIndex(db, outlet, { alias, fresh: false, previous: returns, pace });
}

/** Runs `work` as the only process of this portal at it. @returns false when another is */
export async function alone(db: Db, at: 'build' | 'compare', work: () => Promise<void>): Promise<boolean> {
  // The lock is the session's: it goes with a process that dies.
  const session = await db.session();
  try {
    const { rows } = await session.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_lock(hashtextextended('portolan.search_mirror.' || $1, 0)) AS mine`,
      [at],
    );
    if (!rows[0]?.mine) return false;
    await work();
    return true;
  } finally {
    await session.end();
  }
}
