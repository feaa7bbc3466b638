import { ConfigError, PortolanError } from '@portolan/kernel';
import { Command, CommanderError } from 'commander';
import { CommandError } from './environment.ts';

type Add = (program: Command) => void;

/** The commands, each loaded only when it is asked for: a command line should answer at once. */
const commands: Record<string, () => Promise<Add>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  env: async () => (await import('./commands/env.ts')).envCommand,
  reset: async () => (await import('./commands/reset.ts')).resetCommand,
  db: async () => (await import('./commands/db.ts')).dbCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
  action: async () => (await import('./commands/action.ts')).actionCommand,
  user: async () => (await import('./commands/user.ts')).userCommand,
  sysadmin: async () => (await import('./commands/sysadmin.ts')).sysadminCommand,
  harvester: async () => (await import('./commands/harvester.ts')).harvesterCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  maintenance: async () => (await import('./commands/maintenance.ts')).maintenanceCommand,
};

const program = new Command('portolan')
  .description('A CKAN-compatible open-data portal')
  .option('-c, --config <file>', 'a ckan.ini to read (else $CKAN_INI)')
  .option('--data <dir>', 'data of the portal that runs here (else $PORTOLAN_DATA, else data in the clone)')
  .exitOverride()
  .showHelpAfterError();

const words = process.argv.slice(2);
const named = Object.keys(commands).find((name) => words.includes(name));
for (const [name, load] of Object.entries(commands))
  if (named === undefined || name === named) (await load())(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong on standard error and gives the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    return error.code;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (error instanceof PortolanError) {
    const fields = Object.keys(error.fields).length > 0 ? JSON.stringify(error.fields) : undefined;
    process.stderr.write(`${error.publicMessage ?? fields ?? error.message}\n`);
    return error.code === 'notFound' ? 3 : error.code === 'readOnly' ? 4 : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
