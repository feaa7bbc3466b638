import type { Site } from '../action/call.ts';
import { outdatedAmong } from './differences.ts';
import { type SelectedDataset, type Selection, selectDatasets } from './selection.ts';
import { writeEntries } from './write_entries.ts';

export interface RebuildOptions {
  selection: Selection;
  /** Goes on past datasets that cannot be indexed. */
  force?: boolean;
  /** Leaves alone what, by its checksums, is what would be made again. */
  onlyOutdated?: boolean;
  /** One transaction a dataset instead of one a batch. */
  commitEach?: boolean;
  /** Batches at work at a time. */
  workers?: number;
}

export interface IndexFailure {
  dataset: SelectedDataset;
  error: unknown;
}

/** What became of a batch. */
export interface RebuildStep {
  indexed: SelectedDataset[];
  failures: IndexFailure[];
}

/**
 * Makes documents and index entries of datasets anew, in place: searches find them throughout. Without `force` the
 * first failure is the last step; what was done before it stays. Two may run at a time.
 * @throws PortolanError `readOnly`
 */
export async function* rebuildIndex(site: Site, options: RebuildOptions): AsyncGenerator<RebuildStep> {
  const running = new Map<number, Promise<[number, RebuildStep]>>();
  const next = async () => {
    const [number, step] = await Promise.race(running.values());
    running.delete(number);
    return step;
  };
  const batches = options.commitEach ? single : selectDatasets;
  let started = 0;
  try {
    for await (const datasets of batches(site, options.selection)) {
      const number = started++;
      running.set(
        number,
        indexBatch(site, datasets, options, number > 0).then((step) => [number, step]),
      );
      if (running.size < (options.workers ?? 1)) continue;
      const step = await next();
      yield step;
      if (step.failures.length > 0 && !options.force) return;
    }
    while (running.size > 0) yield await next();
  } finally {
    // Nobody is left writing once this has ended.
    await Promise.allSettled(running.values());
    if (started > 1) await site.search.putInOrder(site.db);
  }
}

async function* single(site: Site, selection: Selection): AsyncGenerator<SelectedDataset[]> {
  for await (const datasets of selectDatasets(site, selection))
    for (const dataset of datasets) yield [dataset];
}

/** A batch that fails is tried dataset by dataset: so it is known which it was, and the others are indexed. */
async function indexBatch(
  site: Site,
  batch: SelectedDataset[],
  { onlyOutdated, force }: RebuildOptions,
  isOneOfMany: boolean,
): Promise<RebuildStep> {
  const ids = batch.map(({ id }) => id);
  const wanted = onlyOutdated ? await outdatedAmong(site, ids) : new Set(ids);
  const datasets = batch.filter(({ id }) => wanted.has(id));
  const step: RebuildStep = { indexed: batch.filter(({ id }) => !wanted.has(id)), failures: [] };
  if (datasets.length === 0) return step;
  const attempt = async (some: SelectedDataset[]) => {
    await site.db.transact(async (tx) => {
      // What a crash of the database takes back, the reconciler finds.
      await tx.rows('SET LOCAL synchronous_commit = off');
      if (isOneOfMany) await site.search.deferOrder(tx);
      await writeEntries(site, tx, some.map(({ id }) => id).sort());
    });
    step.indexed.push(...some);
  };
  try {
    await attempt(datasets);
    return step;
  } catch (error) {
    if ((error as { code?: string }).code === 'readOnly') throw error;
  }
  for (const dataset of datasets)
    try {
      await attempt([dataset]);
    } catch (error) {
      if ((error as { code?: string }).code === 'readOnly') throw error;
      step.failures.push({ dataset, error });
      if (!force) return step;
    }
  return step;
}
