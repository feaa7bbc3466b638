import { type Site, tokenExists } from '@portolan/catalogue';
import type { Command } from 'commander';
import { act } from '../act.ts';
import { CommandError } from '../environment.ts';
import { print, printJson } from '../output.ts';

interface Token {
  id: string;
  name: string;
  last_access: string | null;
}

/** `ckan user token …`: API tokens of an account. */
export function userTokenCommand(
  user: Command,
  on: (work: (site: Site) => Promise<void>) => Promise<void>,
): void {
  const token = user.command('token').description('API tokens of an account');
  token
    .command('add')
    .description('make an API token and show it once')
    .argument('<username>')
    .argument('<name>', 'what the token is for')
    .argument('[extras...]', 'key=value, for extensions')
    .option('--json <object>', 'extras as JSON')
    .option('-q, --quiet', 'print the token alone')
    .action((username: string, name: string, extras: string[], options: { json?: string; quiet?: boolean }) =>
      on(async (site) => {
        const params = { ...extrasOf(extras, options.json), user: username, name };
        const { token: text } = await act(site, 'api_token_create', params);
        print(...(options.quiet ? [text] : ['API Token created:', `\t${text}`]));
      }),
    );
  token
    .command('list')
    .description('API tokens of an account, without their texts')
    .argument('<username>')
    .option('--json', 'as JSON')
    .action((username: string, options: { json?: boolean }) =>
      on(async (site) => {
        const tokens = (await act(site, 'api_token_list', { user_id: username })) as Token[];
        if (options.json) return printJson(tokens);
        if (tokens.length === 0) return print('No tokens have been created for user yet');
        print('Tokens([id] name - lastAccess):');
        for (const { id, name, last_access: used } of tokens)
          print(`\t[${id}] ${name} - ${used ? used.slice(0, 19).replace('T', ' ') : 'Never'}`);
      }),
    );
  token
    .command('revoke')
    .description('make a token worthless')
    .argument('<id>')
    .action((id: string) =>
      on(async (site) => {
        if (!(await tokenExists(site.db, id))) throw new CommandError('API Token not found', 3);
        await act(site, 'api_token_revoke', { jti: id });
        print('API Token has been revoked');
      }),
    );
}

function extrasOf(extras: string[], json: string | undefined): Record<string, unknown> {
  try {
    const object = json === undefined ? {} : (JSON.parse(json) as Record<string, unknown>);
    for (const extra of extras)
      object[extra.slice(0, extra.indexOf('='))] = extra.slice(extra.indexOf('=') + 1);
    return object;
  } catch {
    throw new CommandError('--json is not a JSON object', 2);
  }
}
