import { duplicateEmails } from '@portolan/catalogue';
import { cancelStatements, databaseSessions, migrate, pendingMigrations, readMigrations } from '@portolan/db';
import { createLogger, loadConfig } from '@portolan/kernel';
import { emptyDatabase } from '@portolan/maintenance';
import { emptyQueues } from '@portolan/queue';
import type { Command } from 'commander';
import { secondsOf } from '../duration.ts';
import { CommandError, commandEnvironment } from '../environment.ts';
import { print, printJson } from '../output.ts';
import { confirm } from '../prompt.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `ckan db …`: the schema, and who is at work in the database. */
export function dbCommand(program: Command): void {
  const db = program.command('db').description('the database');
  const upgrade = (said: string) => async () => {
    await upgradeDatabase(program);
    print(said);
  };
  db.command('init')
    .description('make the schema, or bring it up to date')
    .action(upgrade('Initialising DB: SUCCESS'));
  // Options of CKAN's that name a part of the schema: here it is one.
  db.command('upgrade')
    .description('bring the schema up to date')
    .option('-v, --version <version>')
    .option('-p, --plugin <plugin>')
    .option('--skip-core')
    .option('--skip-plugins')
    .action(upgrade('Upgrading DB: SUCCESS'));
  db.command('downgrade')
    .description('refused: migrations only go forward')
    .option('-v, --version <version>')
    .option('-p, --plugin <plugin>')
    .action(() => {
      throw new CommandError('Migrations only go forward; go back with a backup.');
    });
  db.command('version')
    .description('the schema’s version')
    .option('-p, --plugin <plugin>')
    .action(() =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const pending = await pendingMigrations(site.db);
        print(`Current DB version: ${readMigrations().length - pending.length}`);
      }),
    );
  db.command('pending-migrations')
    .description('what `db upgrade` would do')
    .option('--apply', 'do it')
    .action((options: { apply?: boolean }) => pendingCommand(program, options.apply));
  db.command('clean')
    .description('delete everything in the portal')
    .option('--yes', 'without asking')
    .action((options: { yes?: boolean }) => clean(program, options.yes));
  db.command('duplicate_emails')
    .alias('duplicate-emails')
    .description('addresses that several active accounts share')
    .action(() =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const found = await duplicateEmails(site.db);
        if (found.length === 0) print('No duplicate emails found');
        for (const { email, names } of found)
          print(`${email} appears ${names.length} time(s). Users: ${names.join(', ')}`);
      }),
    );
  sessionCommands(program, db);
}

function sessionCommands(program: Command, db: Command): void {
  const line = (session: {
    pid: number;
    application: string;
    state: string | null;
    seconds: number;
    query: string;
  }) =>
    [session.pid, session.application, session.state ?? '-', `${Math.round(session.seconds)}s`, session.query]
      .join('\t')
      .replaceAll('\n', ' ');
  db.command('connections')
    .description('who is connected, the longest at work first')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const sessions = await databaseSessions(site.db);
        if (options.json) printJson(sessions);
        else print(...sessions.map(line));
      }),
    );
  db.command('long-queries')
    .description('who has been at work for long')
    .option('--older <time>', 'such as 30s, 5m or 1h', '1m')
    .option('--json', 'as JSON')
    .action((options: { older: string; json?: boolean }) =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const sessions = await databaseSessions(site.db, secondsOf(options.older));
        if (options.json) printJson(sessions);
        else print(...sessions.map(line));
      }),
    );
  db.command('cancel')
    .description('cancel statements that have been running for long')
    .requiredOption('--older <time>', 'such as 30s, 5m or 1h')
    .action((options: { older: string }) =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const told = await cancelStatements(site.db, secondsOf(options.older));
        for (const { pid, query } of told) print(`Cancelled ${pid}: ${query}`);
        print(`Cancelled ${told.length} statements`);
      }),
    );
}

export async function upgradeDatabase(program: Command): Promise<void> {
  const { data, config: file } = program.opts<GlobalOptions>();
  const config = loadConfig({ env: commandEnvironment(data, file), ...(file ? { file } : {}) });
  await migrate(config.databaseUrl, createLogger({ service: 'cli', level: 'warn' }));
  const { migrateQueueBackend } = await import('@portolan/queue/storage');
  await migrateQueueBackend(config);
}

async function pendingCommand(program: Command, apply: boolean | undefined): Promise<void> {
  const pending = await withSite(program.opts<GlobalOptions>(), ({ site }) => pendingMigrations(site.db));
  if (pending.length === 0) return print('All plugins are up-to-date');
  print(
    `${pending.length} unapplied migrations`,
    ...pending.map(({ number, name }) => `  ${number} ${name}`),
  );
  if (apply) await upgradeDatabase(program);
}

async function clean(program: Command, yes: boolean | undefined): Promise<void> {
  const question = 'This will delete all of your data!\nDo you want to continue?';
  if (!yes && !(await confirm(question, '--yes'))) throw new CommandError('Aborted!');
  await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
    if (site.gate.closed) throw new CommandError('The site is in read-only mode', 4);
    await emptyQueues(site.db, site.config);
    await emptyDatabase(site.db);
    for await (const { key } of site.files.list('')) await site.files.remove(key);
  });
  print('Cleaning DB: SUCCESS');
}
