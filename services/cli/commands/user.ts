import type { Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { Command } from 'commander';
import { activeAccounts } from '../accounts.ts';
import { act } from '../act.ts';
import { CommandError } from '../environment.ts';
import { readFields } from '../fields.ts';
import { print, printJson } from '../output.ts';
import { ask, askPassword } from '../prompt.ts';
import { type GlobalOptions, withSite } from '../session.ts';
import { userTokenCommand } from './user_token.ts';

// biome-ignore lint/suspicious/noExplicitAny: an account as user_show answers it
type Account = any;

const accountFields = ['email', 'password', 'fullname', 'about', 'image_url', 'apikey'];

/** `ckan user …`: accounts, with the words that runbooks' scripts read. */
export function userCommand(program: Command): void {
  const user = program.command('user').description('accounts');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));

  user
    .command('list', { isDefault: true })
    .description('active accounts')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => on((site) => list(site, undefined, options.json)));
  user
    .command('find')
    .description('accounts whose name, full name or address holds a text')
    .argument('<text>')
    .option('--json', 'as JSON')
    .action((text: string, options: { json?: boolean }) => on((site) => list(site, text, options.json)));
  user
    .command('show')
    .description('one account; `User: None` when there is none')
    .argument('<username>')
    .option('--json', 'as JSON')
    .action((name: string, options: { json?: boolean }) => on((site) => show(site, name, options.json)));
  user
    .command('add')
    .description('make an account')
    .argument('<username>')
    .argument('[fields...]', accountFields.map((field) => `${field}=…`).join(', '))
    .action((name: string, given: string[]) =>
      on(async (site) => {
        await addUser(site, name, readFields(given, accountFields));
        print(`Successfully created user: ${name}`);
      }),
    );
  user
    .command('remove')
    .description('delete an account; it can be activated again')
    .argument('<username>')
    .action((name: string) =>
      on(async (site) => {
        await act(site, 'user_delete', { id: (await found(site, name)).id });
        print(`Deleted user: ${name}`);
      }),
    );
  user
    .command('setpass')
    .description('set the password of an account')
    .argument('<username>')
    .option('-p, --password <password>', 'the password; else it is asked for twice')
    .action((name: string, options: { password?: string }) =>
      on(async (site) => {
        const { id } = await found(site, name);
        print(`Editing user: ${name}`);
        await act(site, 'user_patch', {
          id,
          password: options.password ?? (await askPassword('--password')),
        });
        print('Password updated!');
      }),
    );
  for (const [command, field, said] of [
    ['rename', 'name', 'Renamed user'],
    ['set-email', 'email', 'Changed email of user'],
  ] as const)
    user
      .command(command)
      .description(`change the ${field} of an account`)
      .argument('<username>')
      .argument(`<${field}>`)
      .action((name: string, value: string) =>
        on(async (site) => {
          await act(site, 'user_patch', { id: (await found(site, name)).id, [field]: value });
          print(`${said}: ${name} -> ${value}`);
        }),
      );
  user
    .command('activate')
    .description('make a deleted or invited account an active one')
    .argument('<username>')
    .action((name: string) =>
      on(async (site) => {
        await act(site, 'user_patch', { id: (await found(site, name)).id, state: 'active' });
        print(`Activated user: ${name}`);
      }),
    );
  user
    .command('invite')
    .description('mail somebody an invitation to an organisation')
    .argument('<email>')
    .argument('<organization>')
    .argument('<role>', 'admin, editor or member')
    .action((email: string, organization: string, role: string) =>
      on(async (site) => {
        const invited = await act(site, 'user_invite', { email, group_id: organization, role });
        print(`Invited ${email} as ${invited.name}`);
      }),
    );
  userTokenCommand(user, on);
}

/** Makes an account; what has to be there and is not given is asked for. */
export async function addUser(site: Site, name: string, given: Record<string, string>): Promise<Account> {
  const email = given['email'] ?? (await ask('Email address : ', 'email=…'));
  const password = given['password'] ?? (await askPassword('password=…'));
  return act(site, 'user_create', { ...given, name, email, password });
}

/** @throws CommandError when there is no such account */
export async function found(site: Site, name: string): Promise<Account> {
  const account = await find(site, name);
  if (!account) throw new CommandError(`Error: user "${name}" not found!`, 3);
  return account;
}

export async function find(site: Site, name: string): Promise<Account | undefined> {
  try {
    return await act(site, 'user_show', { id: name });
  } catch (error) {
    if (error instanceof PortolanError && error.code === 'notFound') return undefined;
    throw error;
  }
}

async function list(site: Site, q: string | undefined, json: boolean | undefined): Promise<void> {
  const accounts: Account[] =
    q === undefined ? await activeAccounts(site) : await act(site, 'user_list', { q });
  if (json) return printJson(accounts);
  print('Users:', `count = ${accounts.length}`);
  for (const { name, fullname } of accounts)
    print(`name=${name}${fullname && fullname !== name ? ` display=${fullname}` : ''}`);
}

/** Never a password's hash or a key, which CKAN prints. */
const shown = ['id', 'name', 'fullname', 'email', 'state', 'sysadmin', 'created', 'last_active'];

async function show(site: Site, name: string, json: boolean | undefined): Promise<void> {
  const account = await find(site, name);
  if (json) return printJson(account && Object.fromEntries(shown.map((key) => [key, account[key] ?? null])));
  if (!account) return print('User: None');
  print(`User: <User ${shown.map((key) => `${key}=${account[key] ?? 'None'}`).join(' ')}>`);
}
