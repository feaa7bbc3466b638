import { availableParallelism } from 'node:os';
import {
  clearIndex,
  clearOrphans,
  countSelected,
  type RebuildOptions,
  rebuildIndex,
  type Selection,
  selectionNamed,
} from '@portolan/catalogue';
import type { OpenSite } from '@portolan/site';
import { CommandError } from '../environment.ts';
import { print } from '../output.ts';
import { startProgress } from '../progress.ts';
import { confirm } from '../prompt.ts';
import { rebuildMirror } from './search_index_mirror.ts';

export interface RebuildFlags {
  onlyMissing?: boolean;
  force?: boolean;
  clear?: boolean;
  anew?: boolean;
  yes?: boolean;
  commitEach?: boolean;
  keepOrphans?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  workers?: string;
  activeOnly?: boolean;
}

/** More than the pool has connections would only wait. */
const mostWorkers = 8;

export async function rebuild(
  site: OpenSite['site'],
  reference: string | undefined,
  flags: RebuildFlags,
): Promise<void> {
  const workers = Number(flags.workers ?? availableParallelism());
  if (!Number.isInteger(workers) || workers < 1)
    throw new CommandError(`--workers is not a number: ${flags.workers}`, 2);
  // Known before anything is emptied.
  const selection = await selected(site, reference, flags);
  if (flags.clear) await clear(site, flags.yes ?? false, reference !== undefined || flags.onlyMissing);
  const whole = reference === undefined && !flags.onlyMissing;
  const onlyOutdated = whole && !flags.anew && !flags.clear;
  const { force = false, commitEach = false } = flags;
  const options = { selection, force, commitEach, onlyOutdated, workers: Math.min(workers, mostWorkers) };
  const failed = await index(site, options, flags.verbose || !flags.quiet);
  if (whole && !flags.keepOrphans) for await (const _ of clearOrphans(site));
  // What could not be indexed is not there either way; the rest gets its new index.
  if (whole && !flags.activeOnly) await rebuildMirror(site, flags.verbose || !flags.quiet);
  if (failed > 0) throw new CommandError(`${failed} dataset(s) could not be indexed`);
}

async function selected(
  site: OpenSite['site'],
  reference: string | undefined,
  flags: RebuildFlags,
): Promise<Selection> {
  const named = reference === undefined ? {} : await selectionNamed(site, reference);
  if (!named) throw new CommandError(`Couldn't find package ${reference}`, 3);
  return { ...named, missing: flags.onlyMissing ?? false, activeOnly: flags.activeOnly ?? false };
}

/** Scheduled rebuilds clear without a terminal, as they do with CKAN; only who sits at one is asked. */
async function clear(site: OpenSite['site'], yes: boolean, partial: boolean | undefined): Promise<void> {
  if (partial) throw new CommandError('--clear empties the whole index: it needs a rebuild of everything', 2);
  const question = 'Empty the index? Searches find nothing until it is built again';
  if (!yes && process.stdin.isTTY && !(await confirm(question, '--yes'))) throw new CommandError('Aborted!');
  await clearIndex(site);
}

/** Resolves to the number of datasets that could not be indexed. */
async function index(site: OpenSite['site'], options: RebuildOptions, shown: boolean): Promise<number> {
  const { selection, force } = options;
  const progress = shown
    ? startProgress('Indexing dataset', await countSelected(site, selection))
    : undefined;
  let failed = 0;
  try {
    for await (const step of rebuildIndex(site, options)) {
      progress?.add(step.indexed.length + step.failures.length);
      for (const { dataset, error } of step.failures) {
        failed++;
        const told = `Error while indexing dataset ${dataset.name}: ${(error as Error).message}`;
        if (force && progress) progress.say(told);
        else process.stderr.write(`${told}\n`);
      }
    }
  } finally {
    progress?.end();
  }
  return failed;
}

/** `datagovuk reindex-recent` */
export async function reindexRecent(site: OpenSite['site'], minutes: number): Promise<void> {
  const modifiedSince = site.runtime.now() - minutes * 60_000;
  const selection: Selection = { type: 'dataset', activeOnly: true, modifiedSince };
  const total = await countSelected(site, selection);
  print(`=== Updating search index of ${total} dataset(s) modified in the last ${minutes} minutes`);
  let done = 0;
  for await (const { indexed, failures } of rebuildIndex(site, { selection })) {
    print(...indexed.map(({ name }) => `${++done}/${total} - Updating search index: ${name}`));
    for (const { dataset, error } of failures)
      throw new CommandError(`Error while indexing dataset ${dataset.name}: ${(error as Error).message}`);
  }
}
