import type { Command } from 'commander';
import { act } from '../act.ts';
import { print } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `ckan notify send_emails`: to be run every hour or so where digests are wanted. */
export function notifyCommand(program: Command): void {
  program
    .command('notify')
    .description('mail')
    .command('send_emails')
    .alias('send-emails')
    .description('ask for the digests of those who want them; a worker sends them')
    .action(() =>
      withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        await act(site, 'send_email_notifications');
        print('Asked for the mails');
      }),
    );
}
