import type { Db } from '@portolan/db';
import { compareMirror } from './compare.ts';
import { deliver, type Outlet, writeAlias } from './deliver.ts';
import { drainAll } from './drain.ts';
import { entriesAfter } from './entry.repo.ts';
import { heal } from './heal.ts';
import { indexExists, nextName } from './index_names.ts';
import {
  forgetIndex,
  type MirrorIndex,
  mirrorIndex,
  noteCopied,
  registerIndex,
  reopenPrevious,
} from './mirror_index.repo.ts';
import { swap } from './swap.ts';

/** Documents copied in one step. */
const batch = 1000;
/** Comparisons before a build is given up: one is enough unless much is written meanwhile. */
const rounds = 5;

export interface BuildOptions {
  /** Name of the alias that searches go to, and beginning of the indices' names. */
  alias: string;
  /** An unfinished build is not gone on with. */
  fresh: boolean;
  /** The index before this one is brought up to date and answers again. */
  previous?: boolean;
  /** Called with how many documents were copied; answers whether to go on. */
  pace(copied: number): Promise<boolean>;
}

/**
 * Builds an index beside the one that answers, compares it with the table and has it answer. Whoever delivers writes
 * to both meanwhile. Broken off at any point it is gone on with by the next build. Call it under the builders' lock.
 * @returns whether it was finished
 */
export async function buildIndex(db: Db, outlet: Outlet, options: BuildOptions): Promise<boolean> {
  const index = await begin(db, outlet, options);
  if (index.copied_to !== null) {
    if (!(await copy(db, outlet, index, options.pace))) return false;
    await outlet.client.indices.putSettings({
      index: index.name,
      body: { index: { refresh_interval: null } },
    } as never);
  }
  await level(db, outlet, index.name);
  await swap(db, outlet, options.alias, index.name);
  return true;
}

async function begin(db: Db, outlet: Outlet, options: BuildOptions): Promise<MirrorIndex> {
  const { client, format } = outlet;
  const begun = await mirrorIndex(db, 'building');
  const usable = begun && begun.mapping === format.version && (await indexExists(client, begun.name));
  if (usable && !options.fresh && !options.previous) return begun;
  if (begun) {
    await forgetIndex(db, begun.name);
    await client.indices.delete({ index: begun.name, ignore_unavailable: true });
  }
  if (options.previous) {
    const previous = await mirrorIndex(db, 'previous');
    if (previous) await reopenPrevious(db, previous.name);
  } else {
    const name = await nextName(client, options.alias, format.version);
    const { settings = {}, mappings = {} } = format.body();
    await client.indices.create({
      index: name,
      body: {
        mappings,
        settings: {
          ...settings,
          // Nobody searches it before it is whole.
          'index.refresh_interval': '-1',
          // How long a removal is remembered: a late delivery does not bring back what was removed.
          'index.gc_deletes': '1h',
          // A copy on a second node, where there is one.
          'index.auto_expand_replicas': '0-1',
        },
        aliases: { [writeAlias(name)]: {} },
      },
    } as never);
    await db.transact((tx) => registerIndex(tx, name, format.version));
  }
  return (await mirrorIndex(db, 'building'))!;
}

async function copy(
  db: Db,
  outlet: Outlet,
  index: MirrorIndex,
  pace: BuildOptions['pace'],
): Promise<boolean> {
  let copied = index.copied;
  for (let after = index.copied_to ?? ''; ; ) {
    const entries = await entriesAfter(db, after, batch);
    const missing = await deliver(outlet, [index.name], entries);
    if (missing.length > 0) throw new Error(`the index ${index.name} was removed while it was built`);
    copied += entries.length;
    after = entries.at(-1)?.packageId ?? after;
    const isLast = entries.length < batch;
    await noteCopied(db, index.name, isLast ? null : after, entries.length);
    if (!(await pace(copied))) return false;
    if (isLast) return true;
  }
}

/** Until the index holds what the table holds: what differs is told anew, which older entries cannot undo. */
async function level(db: Db, outlet: Outlet, name: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await drainAll(db, outlet);
    await outlet.client.indices.refresh({ index: name });
    let different = 0;
    for await (const step of compareMirror(db, outlet.client, name)) {
      different += step.ids.length;
      if (step.ids.length > 0) await heal(db, step);
    }
    if (different === 0) return;
    outlet.logger.info({ index: name, different }, 'an index that is built is brought up to date');
  }
  throw new Error(`the index ${name} cannot be brought up to date`);
}
