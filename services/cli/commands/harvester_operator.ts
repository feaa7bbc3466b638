import {
  dismissDeletionsCommand,
  holdJobCommand,
  listDeletionsCommand,
  planCommand,
  releaseDeletionsCommand,
  statusCommand,
} from '@portolan/harvest';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import type { Print } from './harvester.ts';

/** What operators decide: jobs that wait, deletions that are held. */
export function operatorCommands(harvester: Command, print: Print): void {
  harvester
    .command('status')
    .description('what the harvesters are at: jobs under way, and work that shows no life')
    .option('--json', 'as harvest_status answers it')
    .action(({ json }: { json?: boolean }) => print((cli) => statusCommand(cli, { json: json ?? false })));
  harvester
    .command('plan')
    .description('say what a job is going to create, update and delete')
    .argument('<id_or_name>', 'of the job, or of a source for its newest job')
    .option('--action <word>', 'only records to create, update, compare, delete, or unchanged')
    .option('--limit <number>', 'most records that are shown')
    .option('--json', 'one JSON object a line')
    .action((reference: string, options: { action?: string; limit?: string; json?: boolean }) => {
      const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : Number(options.limit);
      if (!(limit > 0)) throw new CommandError('--limit wants a number above 0', 2);
      const { action } = options;
      return print(async (cli) => {
        const lines = planCommand(cli, reference, {
          limit,
          json: options.json ?? false,
          ...(action ? { action } : {}),
        });
        for await (const line of lines) process.stdout.write(`${line}\n`);
        return [];
      });
    });
  for (const step of ['pause', 'resume'] as const)
    harvester
      .command(`job-${step}`)
      .description(
        step === 'pause'
          ? 'let a running job wait where it is'
          : 'let a job go on that was paused, aborted or timed out',
      )
      .argument('<id_or_name>', 'of the job, or of a source for its newest job')
      .action((reference: string) => print((cli) => holdJobCommand(cli, reference, step)));
  harvester
    .command('deletions')
    .description('list deletions that are held back')
    .argument('[id_or_name]', 'of a source')
    .option('--json', 'one JSON object a line')
    .action((reference: string | undefined, options: { json?: boolean }) =>
      print((cli) => listDeletionsCommand(cli, reference, options)),
    );
  harvester
    .command('deletions-release')
    .description('do the held deletions of a source after all')
    .argument('<id_or_name>', 'of the source, or of the job that held them')
    .option('--dry-run', 'only say how many there are')
    .action((reference: string, { dryRun = false }: { dryRun?: boolean }) =>
      print((cli) => releaseDeletionsCommand(cli, reference, { confirm: !dryRun })),
    );
  harvester
    .command('deletions-dismiss')
    .description('give the held deletions of a source up')
    .argument('<id_or_name>', 'of the source, or of the job that held them')
    .action((reference: string) => print((cli) => dismissDeletionsCommand(cli, reference)));
}
