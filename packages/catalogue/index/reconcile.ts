import type { Site } from '../action/call.ts';
import { Agreement } from './agreement.ts';
import { compareIndex, type Difference } from './differences.ts';
import { writeEntries } from './write_entries.ts';

export interface IndexDrift {
  /** Datasets and index entries that are known to differ from the rows now; 0 is as it should be. */
  different: number;
  /** Datasets that there were when the last comparison ended. */
  datasets: number;
  /** All that were made to agree since the beginning. */
  healed: number;
  /** Seconds since the last comparison ended; undefined before the first. */
  age: number | undefined;
}

/** What the reconciler has found, wherever it runs. */
export async function indexDrift(site: Site): Promise<IndexDrift> {
  const [row] = await site.db.rows<{
    different: number;
    datasets: number;
    healed: number;
    age: number | null;
  }>(
    `SELECT r.different + coalesce(i.different, 0) AS different, r.datasets, r.healed + coalesce(i.healed, 0) AS healed,
       extract(epoch FROM clock_timestamp() - r.finished)::float8 AS age
     FROM portolan.index_reconciliation r LEFT JOIN portolan.search_mirror_index i ON i.state = 'live'`,
  );
  return row
    ? { ...row, age: row.age ?? undefined }
    : { different: 0, datasets: 0, healed: 0, age: undefined };
}

/** What a round is at: looking what was written, comparing, comparing while something is being healed. */
export type ReconcileStep = 'looking' | 'comparing' | 'healing';

/** Steps that are healed at a time: while one waits for the database, another's documents are made. */
const healers = 3;

/**
 * Compares what was written since it was found to agree, and heals what differs. `pace` is awaited after each step, and told of what kind it was,
 * so that the caller says how fast it goes; it answers whether to go on. One at a time is enough: two
 * only do the same work twice.
 * @param agreement what comparisons before have found; without it everything is compared
 * @throws PortolanError `readOnly`
 */
export async function reconcileIndex(
  site: Site,
  pace: (step: ReconcileStep) => Promise<boolean>,
  agreement = new Agreement(),
): Promise<void> {
  let failed = 0;
  let altered = false;
  let stopped = false;
  const unsettled = new Set<number>();
  const healing = new Set<Promise<void>>();
  async function healStep(differences: Difference[]): Promise<void> {
    await note(site, 'different = r.different + $1', differences.length);
    const healed = await heal(site, differences);
    failed += differences.length - healed;
    altered ||= differences.some(({ rows }) => !rows);
    await note(site, 'different = r.different - $1, healed = r.healed + $1', healed);
    site.logger.warn({ found: differences.length, healed }, 'index entries differed from their rows');
  }
  const buckets = await agreement.begin(site, async () => {
    stopped = !(await pace('looking'));
    return !stopped;
  });
  if (stopped) return;
  await note(site, 'different = 0');
  try {
    for await (const { differences, ...step } of compareIndex(site, buckets)) {
      for (const bucket of step.unsettled) unsettled.add(bucket);
      if (differences.length > 0) {
        const one: Promise<void> = healStep(differences).finally(() => healing.delete(one));
        healing.add(one);
        // Its failure is thrown where it is awaited, below or at the end.
        one.catch(() => {});
      }
      if (healing.size >= healers) await Promise.race(healing);
      stopped = !(await pace(healing.size > 0 ? 'healing' : 'comparing'));
      if (stopped) break;
    }
    await Promise.all(healing);
  } finally {
    // Nobody is left writing once this has ended.
    await Promise.allSettled(healing);
  }
  // Who took entries out unseen has told nobody.
  if (altered) await site.db.transact((tx) => site.search.reload(tx));
  if (stopped) return;
  agreement.end(unsettled);
  await note(
    site,
    'different = $1, datasets = (SELECT count(*) FROM package), finished = clock_timestamp()',
    failed,
  );
}

/** One after the other where they fail together, so that one bad dataset holds up none but itself. */
async function heal(site: Site, differences: Difference[]): Promise<number> {
  if (await healed(site, differences)) return differences.length;
  let done = 0;
  for (const one of differences) if (await healed(site, [one])) done++;
  return done;
}

/** Changed rows go the way of every change, so that the change feed tells of them too. */
async function healed(site: Site, differences: Difference[]): Promise<boolean> {
  const changed = differences.filter(({ rows }) => rows).map(({ id }) => id);
  try {
    await site.db.transact(async (tx) => {
      if (changed.length > 0) await tx.rows('SELECT portolan.note($1)', [changed]);
      await writeEntries(site, tx, differences.map(({ id }) => id).sort());
      // What this transaction itself has noted, it has also done.
      await tx.rows('DELETE FROM portolan.outbox WHERE txid = pg_current_xact_id_if_assigned()');
    });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'readOnly') throw error;
    site.logger.error({ err: error, datasets: differences.length }, 'index entries could not be healed');
    return false;
  }
}

const note = (site: Site, change: string, ...values: number[]) =>
  site.db.transact(async (tx) => {
    // An emptied portal has no row.
    await tx.rows('INSERT INTO portolan.index_reconciliation DEFAULT VALUES ON CONFLICT DO NOTHING');
    await tx.rows(`UPDATE portolan.index_reconciliation AS r SET ${change}`, values);
  });
