import { readFileSync } from 'node:fs';
import { createSysadmin } from '@portolan/catalogue';
import { loadConfig, parseIni } from '@portolan/kernel';
import { changeEverywhere, emptyDatabase } from '@portolan/maintenance';
import { emptyQueues } from '@portolan/queue';
import type { Command } from 'commander';
import { CommandError, commandEnvironment } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** Milliseconds that the portal's processes have to take the settings over. */
const patience = 10_000;

export function resetCommand(program: Command): void {
  program
    .command('reset')
    .description('empty a development portal: back to one sysadmin `admin` with the same token')
    .option('--yes', 'do not ask')
    .option('--settings <file>', 'settings, as in ckan.ini, that hold until the next reset')
    .action(async (options: { yes?: boolean; settings?: string }) => {
      if (!options.yes)
        throw new CommandError('This deletes everything in the portal. Say so with --yes.', 2);
      const globals = program.opts<GlobalOptions>();
      const env = commandEnvironment(globals.data, globals.config);
      const allowed = loadConfig({ env, ...(globals.config ? { file: globals.config } : {}) }).allowReset;
      if (!allowed)
        throw new CommandError('Refused: the portal was not started with PORTOLAN_ALLOW_RESET=1.', 4);
      const settings = options.settings === undefined ? {} : readSettings(options.settings);
      loadConfig({ env, overrides: settings });
      await withSite(globals, async ({ site }) => {
        await changeEverywhere(site.db, { readOnly: false, reason: '', settings }, patience);
        await emptyQueues(site.db, site.config);
        await emptyDatabase(site.db);
        await site.search.mirror?.renew();
        for await (const { key } of site.files.list('')) await site.files.remove(key);
        const token = env['PORTOLAN_TOKEN'];
        await createSysadmin(site, {
          name: 'admin',
          email: 'admin@localhost.local',
          ...(token ? { token } : {}),
        });
      });
    });
}

function readSettings(file: string): Record<string, string> {
  return Object.fromEntries(parseIni(readFileSync(file, 'utf8'), '.').map(({ key, value }) => [key, value]));
}
