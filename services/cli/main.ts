import { PortolanError } from '@portolan/kernel';
import { ConfigError } from '@portolan/kernel';
import { Command, CommanderError } from 'commander';
import { actionCommand } from './commands/action.ts';
import { configCommand } from './commands/config.ts';
import { dbCommand } from './commands/db.ts';
import { envCommand } from './commands/env.ts';
import { harvesterCommand } from './commands/harvester.ts';
import { maintenanceCommand } from './commands/maintenance.ts';
import { resetCommand } from './commands/reset.ts';
import { startCommand } from './commands/start.ts';
import { sysadminCommand } from './commands/sysadmin.ts';
import { userCommand } from './commands/user.ts';
import { CommandError } from './environment.ts';

const program = new Command('portolan')
  .description('A CKAN-compatible open-data portal')
  .option('-c, --config <file>', 'a ckan.ini to read (else $CKAN_INI)')
  .option('--data <dir>', 'data of the portal that runs here (else $PORTOLAN_DATA, else data in the clone)')
  .exitOverride()
  .showHelpAfterError();
for (const add of [startCommand, envCommand, resetCommand, dbCommand, configCommand, actionCommand, userCommand, harvesterCommand, maintenanceCommand, sysadminCommand])
  add(program);

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
