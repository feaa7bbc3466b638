import { clearEntry, clearIndex, clearOrphans, orphanedEntries, shownEntry } from '@portolan/catalogue';
import type { OpenSite } from '@portolan/site';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { checkIndex, listDrift, listUnindexed } from './search_index_check.ts';
import { rollBackIndex, showIndexStatus } from './search_index_mirror.ts';
import { type RebuildFlags, rebuild } from './search_index_rebuild.ts';

/** `ckan search-index …`; options may stand before the word that says what to do, as old runbooks have them. */
export function searchIndexCommand(program: Command): void {
  const group = program.command('search-index').description('the search index').enablePositionalOptions();
  const on = (work: (site: OpenSite['site']) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));

  rebuildOptions(group);
  rebuildOptions(
    group
      .command('rebuild')
      .description('make entries anew where they would become others; searches answer throughout')
      .argument('[reference]', 'only a dataset, or all datasets of a publisher, by id or name'),
  ).action((reference: string | undefined, _own: RebuildFlags, command: Command) =>
    on((site) => rebuild(site, reference, command.optsWithGlobals<RebuildFlags>())),
  );
  rebuildOptions(group.command('rebuild-fast').description('make entries of active datasets anew')).action(
    (_own: RebuildFlags, command: Command) => {
      const flags = command.optsWithGlobals<RebuildFlags>();
      return on((site) => rebuild(site, undefined, { ...flags, activeOnly: true }));
    },
  );
  group
    .command('check')
    .description('count and list active datasets that are not in the index; exits with 1 if there are any')
    .action(() => on(checkIndex));
  group
    .command('list-unindexed')
    .description('list datasets that are not in the index')
    .action(() => on(listUnindexed));
  group
    .command('drift')
    .description(
      'compare all index entries with the rows and list what differs; exits with 1 if anything does',
    )
    .action(() => on(listDrift));
  group
    .command('status')
    .description('who answers searches, and the indices on OpenSearch')
    .option('--json', 'as JSON')
    .action((flags: { json?: boolean }) => on((site) => showIndexStatus(site, flags.json ?? false)));
  group
    .command('rollback')
    .description('have the index before the last rebuild on OpenSearch answer again, brought up to date')
    .action(() => on(rollBackIndex));
  group
    .command('show')
    .description('print what the index holds of a dataset')
    .argument('<id_or_name>')
    .action((reference: string) => on((site) => show(site, reference)));
  group
    .command('clear')
    .description('take a dataset, or everything, out of the index')
    .argument('[id_or_name]')
    .action((reference?: string) =>
      on((site) => (reference === undefined ? clearIndex(site) : clearEntry(site, reference))),
    );
  group
    .command('list-orphans')
    .description('list entries whose dataset is not there any more')
    .action(() => on((site) => orphans(orphanedEntries(site), (id) => id)));
  group
    .command('clear-orphans')
    .description('take entries out whose dataset is not there any more')
    .option('-v, --verbose', 'say which')
    .action((_own: object, command: Command) => {
      const { verbose } = command.optsWithGlobals<{ verbose?: boolean }>();
      const line = (id: string) => (verbose ? `Clearing search index for dataset ${id}...` : undefined);
      return on((site) => orphans(clearOrphans(site), line));
    });
}

const rebuildOptions = (command: Command): Command =>
  command
    .option('-o, --only-missing', 'only datasets that are not in the index')
    .option('-i, --force', 'go on past datasets that cannot be indexed')
    .option('-r, --refresh', 'accepted: entries are always replaced in place')
    .option('-c, --clear', 'empty the index first: searches find nothing until it is built')
    .option('-y, --yes', 'do not ask before the index is emptied')
    .option('--anew', 'also entries that would be made the same again')
    .option('-e, --commit-each', 'make each entry visible at once')
    .option('--keep-orphans', 'leave entries whose dataset is not there any more')
    .option('--workers <number>', 'transactions at a time; as many as there are cores when missing')
    .option('-q, --quiet', 'no progress')
    .option('-v, --verbose', 'progress, -q or not');

async function show(site: OpenSite['site'], reference: string): Promise<void> {
  const entry = await shownEntry(site, reference);
  if (!entry) throw new CommandError(`Dataset not found in the search index: ${reference}`, 3);
  printJson(entry);
}

async function orphans(
  found: AsyncIterable<string[]>,
  line: (id: string) => string | undefined,
): Promise<void> {
  let count = 0;
  for await (const ids of found) {
    count += ids.length;
    print(...ids.map(line).filter((one) => one !== undefined));
  }
  print(`Found ${count} orphaned package(s).`);
}
