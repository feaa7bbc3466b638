import { migrate } from '@portolan/db';
import { createLogger, loadConfig } from '@portolan/kernel';
import { migrateQueueBackend } from '@portolan/queue';
import type { Command } from 'commander';
import { commandEnvironment } from '../environment.ts';
import type { GlobalOptions } from '../session.ts';

export function dbCommand(program: Command): void {
  const db = program.command('db').description('the database’s schema');
  const upgrade = (said: string) => async () => {
    const { data, config: file } = program.opts<GlobalOptions>();
    const config = loadConfig({ env: commandEnvironment(data, file), ...(file ? { file } : {}) });
    await migrate(config.databaseUrl, createLogger({ service: 'cli', level: 'warn' }));
    await migrateQueueBackend(config);
    process.stdout.write(`${said}\n`);
  };
  db.command('init')
    .description('make the schema, or bring it up to date')
    .action(upgrade('Initialising DB: SUCCESS'));
  db.command('upgrade').description('bring the schema up to date').action(upgrade('Upgrading DB: SUCCESS'));
}
