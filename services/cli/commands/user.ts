import { dispatch, findAction } from '@portolan/catalogue';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

export function userCommand(program: Command): void {
  const token = program
    .command('user')
    .description('accounts')
    .command('token')
    .description('API tokens of an account');
  token
    .command('add')
    .description('make an API token and show it once')
    .argument('<username>')
    .argument('<name>', 'what the token is for')
    .option('-q, --quiet', 'print the token alone')
    .action(async (user: string, name: string, options: { quiet?: boolean }) => {
      await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const create = findAction('api_token_create');
        if (!create) throw new CommandError('There is no action api_token_create');
        const made = await dispatch(site, create, { user: undefined, ignoreAuth: true }, { user, name });
        const { token: text } = made as { token: string };
        process.stdout.write(options.quiet ? `${text}\n` : `API Token created:\n\t${text}\n`);
      });
    });
}
