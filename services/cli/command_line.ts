import { ConfigError, PortolanError } from '@portolan/kernel';
import { Command, CommanderError } from 'commander';
import { notApplicable, notApplicableCommand } from './commands/not_applicable.ts';
import { CommandError } from './environment.ts';

type Add = (program: Command) => void;

/**
 * The commands, each loaded only when it is asked for: a command line should answer at once. What only some of a
 * command's words need, such as the queue's storage, they load themselves.
 */
const commands: Record<string, () => Promise<Add>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  env: async () => (await import('./commands/env.ts')).envCommand,
  reset: async () => (await import('./commands/reset.ts')).resetCommand,
  db: async () => (await import('./commands/db.ts')).dbCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
  'config-tool': async () => (await import('./commands/config_tool.ts')).configToolCommand,
  action: async () => (await import('./commands/action.ts')).actionCommand,
  user: async () => (await import('./commands/user.ts')).userCommand,
  sysadmin: async () => (await import('./commands/sysadmin.ts')).sysadminCommand,
  dataset: async () => (await import('./commands/dataset.ts')).datasetCommand,
  files: async () => (await import('./commands/files.ts')).filesCommand,
  org: async () => (await import('./commands/org.ts')).orgCommand,
  jobs: async () => (await import('./commands/jobs.ts')).jobsCommand,
  notify: async () => (await import('./commands/notify.ts')).notifyCommand,
  clean: async () => (await import('./commands/clean.ts')).cleanCommand,
  harvester: async () => (await import('./commands/harvester.ts')).harvesterCommand,
  adopt: async () => (await import('./commands/adopt.ts')).adoptCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  'search-index': async () => (await import('./commands/search_index.ts')).searchIndexCommand,
  'spatial-validation': async () =>
    (await import('./commands/spatial_validation.ts')).spatialValidationCommand,
  datagovuk: async () => (await import('./commands/datagovuk.ts')).datagovukCommand,
  search: async () => (await import('./commands/search.ts')).searchCommand,
  maintenance: async () => (await import('./commands/maintenance.ts')).maintenanceCommand,
};

for (const name of notApplicable) commands[name] = async () => notApplicableCommand(name);

/** Runs a line of words as `portolan` does, on this process's streams. @returns the exit code */
export async function runLine(words: string[]): Promise<number> {
  try {
    await (await programFor(commandOf(words))).parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error);
  }
}

/** The program with one command, or with all where the line names none. */
async function programFor(named: string | undefined): Promise<Command> {
  const program = new Command('portolan')
    .description('A CKAN-compatible open-data portal')
    .option('-c, --config <file>', 'a ckan.ini to read (else $CKAN_INI)')
    .option('--data <dir>', 'data of the portal that runs here (else $PORTOLAN_DATA, else data in the clone)')
    .exitOverride()
    .showHelpAfterError();
  for (const [name, load] of Object.entries(commands))
    if (named === undefined || name === named) (await load())(program);
  // `search-index rebuild -c` clears the index: after that word -c names no file.
  if (named === 'search-index') program.enablePositionalOptions();
  return program;
}

/** The command of a line: its first word that is neither an option nor an option's value. */
function commandOf(words: string[]): string | undefined {
  const withValue = new Set(['-c', '--config', '--data']);
  const word = words.find((one, at) => !one.startsWith('-') && !withValue.has(words[at - 1] ?? ''));
  return word !== undefined && Object.hasOwn(commands, word) ? word : undefined;
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
    const { message, ...fields } = error.fields;
    const told = Object.keys(fields).length > 0 ? JSON.stringify(error.fields) : message;
    process.stderr.write(`${error.publicMessage ?? told ?? error.message}\n`);
    return error.code === 'notFound' ? 3 : error.code === 'readOnly' ? 4 : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
