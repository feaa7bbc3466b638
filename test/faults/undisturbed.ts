import pg from 'pg';
import { openCluster } from '../processes/cluster.ts';
import { stepsOfCycle } from './changing_records.ts';
import type { ChangingSource } from './changing_sources.ts';
import { type Harvested, type Outcome, outcomeOf } from './harvest_outcome.ts';
import { type Battered, isOver } from './kill_round.ts';
import { beginHarvests, makeSources } from './kill_sources.ts';
import { startStaff } from './staff.ts';

/** A portal with the sources, in a database of its own on this server. */
export interface HarvestingPortal extends Battered {
  /** The sources' ids, by name. */
  ids: Map<string, string>;
  close(): Promise<void>;
}

export async function openPortal(
  postgres: { url(database: string): string; folder: string },
  sources: readonly ChangingSource[],
): Promise<HarvestingPortal> {
  const cluster = await openCluster({
    postgresUrl: postgres.url('postgres'),
    files: { folder: `${postgres.folder}/files` },
  });
  cluster.env['PORTOLAN_FETCH_ALLOW'] = '127.0.0.0/8';
  const staff = await startStaff(cluster);
  const database = new pg.Client({ connectionString: cluster.env['DATABASE_URL'] });
  await database.connect();
  return {
    cluster,
    staff,
    database,
    ids: await makeSources(cluster, sources),
    async close() {
      await database.end();
      await cluster.close();
    },
  };
}

/** What each step of each source comes to when nothing is killed. */
export async function undisturbed(
  portal: HarvestingPortal,
  sources: readonly ChangingSource[],
): Promise<(of: Harvested) => Outcome> {
  const outcomes = new Map<string, Outcome>();
  const key = ({ name, step }: Harvested) => `${name} ${step}`;
  for (let step = 0; step < stepsOfCycle; step++) {
    const harvested = await beginHarvests(
      portal.cluster,
      portal.ids,
      sources.map((source) => ({ source, step })),
    );
    await isOver(
      portal.database,
      harvested.map(({ jobId }) => jobId),
    );
    for (const of of harvested) outcomes.set(key(of), await outcomeOf(portal.cluster, portal.database, of));
  }
  return (of) => outcomes.get(key(of)) ?? {};
}
