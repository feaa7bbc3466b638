import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { print } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { reindexRecent } from './search_index_rebuild.ts';

/** `ckan datagovuk …`: what data.gov.uk's schedule calls. */
export function datagovukCommand(program: Command): void {
  const group = program.command('datagovuk').description('upkeep of data.gov.uk');
  group
    .command('reindex-recent')
    .description('index anew what was modified lately')
    .option('--minutes <number>', 'how lately (else $CKAN_REINDEX_MINUTES_BEFORE, else a day)')
    .action(({ minutes }: { minutes?: string }) =>
      withSite(program.opts<GlobalOptions>(), ({ site }) => {
        const within = minutes === undefined ? site.config.reindexMinutes : Number(minutes);
        if (!(within > 0)) throw new CommandError(`--minutes is not a number: ${minutes}`, 2);
        return reindexRecent(site, within);
      }),
    );
  group
    .command('reindex-organisations')
    .description('nothing: /solr reads publishers from their rows')
    .action(() => print('=== Publishers are read from their rows: they are in the search already'));
}
