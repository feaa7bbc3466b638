import {
  dismissDeletionsCommand,
  holdJobCommand,
  listDeletionsCommand,
  releaseDeletionsCommand,
} from '@portolan/harvest';
import type { Command } from 'commander';
import type { Print } from './harvester.ts';

/** What operators decide: jobs that wait, deletions that are held. */
export function operatorCommands(harvester: Command, print: Print): void {
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
    .action((reference?: string) => print((cli) => listDeletionsCommand(cli, reference)));
  harvester
    .command('deletions-release')
    .description('do the held deletions of a source after all')
    .argument('<id_or_name>', 'of the source, or of one of its jobs')
    .action((reference: string) => print((cli) => releaseDeletionsCommand(cli, reference)));
  harvester
    .command('deletions-dismiss')
    .description('give the held deletions of a source up')
    .argument('<id_or_name>', 'of the source, or of one of its jobs')
    .action((reference: string) => print((cli) => dismissDeletionsCommand(cli, reference)));
}
