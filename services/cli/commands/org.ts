import type { Site } from '@portolan/catalogue';
import type { Command } from 'commander';
import { act } from '../act.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withSite } from '../session.ts';

// biome-ignore lint/suspicious/noExplicitAny: an organisation as organization_show answers it
type Organization = any;

/** `portolan org …`: organisations, for what operators did by SQL. */
export function orgCommand(program: Command): void {
  const org = program.command('org').description('organisations');
  const on = (work: (site: Site) => Promise<void>) =>
    withSite(program.opts<GlobalOptions>(), ({ site }) => work(site));
  org
    .command('list', { isDefault: true })
    .description('every organisation with the number of its datasets')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      on(async (site) => {
        const all = await everyOrganization(site);
        if (options.json) return printJson(all);
        print('Organizations:', `count = ${all.length}`);
        for (const { name, title, package_count: count } of all)
          print(`${name} "${title}" datasets=${count}`);
      }),
    );
  org
    .command('show')
    .description('one organisation, as organization_show answers it')
    .argument('<id_or_name>')
    .action((id: string) =>
      on(async (site) => printJson(await act(site, 'organization_show', { id, include_users: true }))),
    );
  org
    .command('rename')
    .description('change the name, and with --title the title too')
    .argument('<id_or_name>')
    .argument('<name>')
    .option('--title <title>')
    .action((id: string, name: string, options: { title?: string }) =>
      on(async (site) => {
        await act(site, 'organization_patch', { id, name, ...options });
        print(`Renamed organization: ${id} -> ${name}`);
      }),
    );
  for (const [command, said] of [
    ['delete', 'Deleted'],
    ['purge', 'Purged'],
  ] as const)
    org
      .command(command)
      .description(command === 'delete' ? 'delete softly' : 'remove for ever; its datasets stay without one')
      .argument('<id_or_name>')
      .action((id: string) =>
        on(async (site) => {
          await act(site, `organization_${command}`, { id });
          print(`${said} organization: ${id}`);
        }),
      );
  org
    .command('members')
    .description('its members and their roles')
    .argument('<id_or_name>')
    .option('--json', 'as JSON')
    .action((id: string, options: { json?: boolean }) =>
      on(async (site) => {
        const { users } = (await act(site, 'organization_show', { id, include_users: true })) as Organization;
        if (options.json) return printJson(users);
        for (const { name, capacity } of users) print(`${name} ${capacity}`);
      }),
    );
  org
    .command('add-member')
    .description('give somebody a role, or another one')
    .argument('<id_or_name>')
    .argument('<username>')
    .argument('<role>', 'admin, editor or member')
    .action((id: string, username: string, role: string) =>
      on(async (site) => {
        await act(site, 'organization_member_create', { id, username, role });
        print(`${username} is ${role} of ${id}`);
      }),
    );
  org
    .command('remove-member')
    .description('take the role away')
    .argument('<id_or_name>')
    .argument('<username>')
    .action((id: string, username: string) =>
      on(async (site) => {
        await act(site, 'organization_member_delete', { id, username });
        print(`${username} is no member of ${id} any more`);
      }),
    );
}

const page = 25;

async function everyOrganization(site: Site): Promise<Organization[]> {
  const all: Organization[] = [];
  for (;;) {
    const more = await act(site, 'organization_list', { all_fields: true, limit: page, offset: all.length });
    all.push(...more);
    if (more.length < page) return all;
  }
}
