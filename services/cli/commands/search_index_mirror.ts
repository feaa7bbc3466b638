import { MirrorError, type SearchMirror } from '@portolan/search';
import type { OpenSite } from '@portolan/site';
import { CommandError } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { startProgress } from '../progress.ts';

type Site = OpenSite['site'];

export async function showIndexStatus({ search, db }: Site, asJson: boolean): Promise<void> {
  const status = await search.mirror?.status();
  if (asJson) return printJson(status ?? { engine: 'postgres' });
  if (!status) return print('Searches are answered by PostgreSQL: OpenSearch is not configured');
  const { unready, indices, waiting, lag, mapping } = status;
  print(
    unready
      ? `Searches are answered by PostgreSQL: OpenSearch ${reasons[unready]}`
      : 'Searches are answered by OpenSearch',
    `Waiting to be told: ${waiting} dataset(s)${waiting > 0 ? `, the oldest for ${Math.round(lag)} s` : ''}`,
  );
  const [documents] = await db.rows<{ n: number }>('SELECT count(*) AS n FROM portolan.search_document');
  for (const index of indices) {
    const older = index.mapping === mapping ? '' : ', mapping of another version';
    const progress = index.state === 'building' ? `, ${index.copied} of ${documents!.n} copied` : '';
    const differing = index.state === 'live' ? `, ${index.different} different` : '';
    print(`${index.state.padEnd(8)} ${index.name}${progress}${differing}${older}`);
  }
}

const reasons = {
  away: 'is away',
  'no index': 'has no whole index yet',
  'other mapping': 'has an index of another version of the portal; this one’s is being built',
  behind: 'has a backlog to catch up with',
  differs: 'differs and is being healed',
};

export async function rollBackIndex({ search }: Site): Promise<void> {
  if (!search.mirror) throw new CommandError('There is nothing to go back to without OpenSearch', 2);
  await told(() => search.mirror!.rollBack());
  await showLive(search.mirror);
}

/** A new index on OpenSearch beside the one that answers. */
export async function rebuildMirror({ search, db }: Site, isShown: boolean): Promise<void> {
  const { mirror } = search;
  if (!mirror) return;
  const [documents] = await db.rows<{ n: number }>('SELECT count(*) AS n FROM portolan.search_document');
  const progress = isShown ? startProgress('Copying to OpenSearch', documents!.n) : undefined;
  let before = 0;
  try {
    await told(() =>
      mirror.rebuild(async (copied) => {
        progress?.add(copied - before);
        before = copied;
        return true;
      }),
    );
  } finally {
    progress?.end();
  }
  if (isShown) await showLive(mirror);
}

async function showLive(mirror: SearchMirror): Promise<void> {
  const { indices } = await mirror.status();
  print(`Searches are answered by ${indices.find(({ state }) => state === 'live')?.name}`);
}

async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MirrorError) throw new CommandError(error.message);
    throw error;
  }
}
