import { changeEverywhere, readControl } from '@portolan/maintenance';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

export function maintenanceCommand(program: Command): void {
  const maintenance = program.command('maintenance').description('read-only mode');
  const change = async (readOnly: boolean, options: { reason?: string; deadline: string }) => {
    const deadline = Number(options.deadline);
    if (!(deadline > 0))
      throw new CommandError(`--deadline is not a number of seconds: ${options.deadline}`, 2);
    await withSite(program.opts<GlobalOptions>(), ({ site }) =>
      changeEverywhere(site.db, { readOnly, reason: options.reason ?? '' }, deadline * 1000),
    );
    process.stdout.write(readOnly ? 'Read-only: nothing changes any more\n' : 'Read and write\n');
  };
  maintenance
    .command('on')
    .description('return once nothing can change any more')
    .option('--reason <text>', 'why, for the log')
    .option('--deadline <seconds>', 'how long to wait for every process', '60')
    .action((options: { reason?: string; deadline: string }) => change(true, options));
  maintenance
    .command('off')
    .description('allow changes again')
    .option('--deadline <seconds>', 'how long to wait for every process', '60')
    .action((options: { deadline: string }) => change(false, options));
  maintenance
    .command('status')
    .description('print whether changes are allowed')
    .action(async () => {
      const control = await withSite(program.opts<GlobalOptions>(), ({ site }) => readControl(site.db));
      process.stdout.write(
        control.readOnly ? `read-only${control.reason ? `: ${control.reason}` : ''}\n` : 'read and write\n',
      );
    });
}
