import { startPortal } from '@portolan/service-portal';
import type { Command } from 'commander';

export function startCommand(program: Command): void {
  program
    .command('start')
    .description('run the portal on embedded parts; Ctrl-C stops it')
    .option('--data <dir>', 'where its data lies')
    .action(async (options: { data?: string }) => {
      await startPortal({ data: options.data ?? program.opts<{ data?: string }>().data });
    });
}
