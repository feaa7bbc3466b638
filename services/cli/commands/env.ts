import type { Command } from 'commander';
import { CommandError, runningPortal } from '../environment.ts';

export function envCommand(program: Command): void {
  program
    .command('env')
    .description('print the running portal’s variables, one shell assignment a line')
    .action(() => {
      const portal = runningPortal(program.opts<{ data?: string }>().data);
      if (!portal) throw new CommandError('No portal runs here.', 3);
      for (const [name, value] of Object.entries(portal.env))
        process.stdout.write(`${name}=${quote(value)}\n`);
    });
}

/** A word for a shell, whatever it holds. */
const quote = (value: string) =>
  /^[\w./:@%+=,-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
