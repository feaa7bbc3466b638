import type { Site } from '@portolan/catalogue';
import type { Command } from 'commander';
import { activeAccounts } from '../accounts.ts';
import { act } from '../act.ts';
import { CommandError } from '../environment.ts';
import { readFields } from '../fields.ts';
import { print, printJson } from '../output.ts';
import { confirm } from '../prompt.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { addUser, find, found } from './user.ts';

// biome-ignore lint/suspicious/noExplicitAny: an account as user_list answers it
type Account = any;

/** `ckan sysadmin …`: who may do everything. */
export function sysadminCommand(program: Command): void {
  const sysadmin = program.command('sysadmin').description('sysadmins');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));
  sysadmin
    .command('list', { isDefault: true })
    .description('active sysadmins')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => on((site) => list(site, options.json)));
  sysadmin
    .command('add')
    .description('make an account a sysadmin; one that is missing is made first')
    .argument('<username>')
    .argument('[fields...]', 'email=…, password=…, fullname=… of an account that is made')
    .option('--create', 'make a missing account without asking')
    .action((name: string, given: string[], options: { create?: boolean }) =>
      on(async (site) => {
        const fields = readFields(given, ['email', 'password', 'fullname']);
        const account = (await find(site, name)) ?? (await missing(site, name, fields, options.create));
        await act(site, 'user_patch', { id: account.id, sysadmin: true, state: 'active' });
        print(`Added ${name} as sysadmin`);
      }),
    );
  sysadmin
    .command('remove')
    .description('make a sysadmin an ordinary account')
    .argument('<username>')
    .action((name: string) =>
      on(async (site) => {
        await act(site, 'user_patch', { id: (await found(site, name)).id, sysadmin: false });
        print(`Removed ${name} from sysadmins`);
      }),
    );
}

async function missing(
  site: Site,
  name: string,
  fields: Record<string, string>,
  create: boolean | undefined,
): Promise<Account> {
  // Fields say that the account is wanted.
  if (!create && Object.keys(fields).length === 0) {
    process.stderr.write(`User "${name}" not found\n`);
    if (!(await confirm(`Create new user: ${name}?`, '--create', true))) throw new CommandError('Aborted!');
  }
  return addUser(site, name, fields);
}

async function list(site: Site, json: boolean | undefined): Promise<void> {
  const accounts = (await activeAccounts(site)).filter(({ sysadmin }) => sysadmin);
  if (json) return printJson(accounts);
  print('Sysadmins:', `count = ${accounts.length}`);
  for (const { name, email, id } of accounts) print(`User name=${name} email=${email ?? 'None'} id=${id}`);
}
