import { cleanActivities } from '@portolan/catalogue';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { print } from '../output.ts';
import { confirm } from '../prompt.ts';
import { type GlobalOptions, withSite } from '../session.ts';

const day = 86_400_000;

/** `ckan clean activities`: the table of activities grows without end. */
export function cleanCommand(program: Command): void {
  program
    .command('clean')
    .description('remove what nobody needs any more')
    .command('activities')
    .description('remove old activities')
    .requiredOption('--offset-days <days>', 'keep those of so many days')
    .option('-f, --force', 'without asking')
    .action(async (options: { offsetDays: string; force?: boolean }) => {
      const days = Number(options.offsetDays);
      if (!Number.isInteger(days) || days < 0)
        throw new CommandError(`--offset-days is not a number: ${options.offsetDays}`, 2);
      if (!options.force && !(await confirm(`Remove activities older than ${days} days?`, '--force')))
        throw new CommandError('Aborted!');
      await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const removed = await cleanActivities(site.db, site.runtime.now() - days * day);
        print(`Removed ${removed} activities`);
      });
    });
}
