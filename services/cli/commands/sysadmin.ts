import { createSysadmin, type Site } from '@portolan/catalogue';
import type { Command } from 'commander';
import { CommandError } from '../environment.ts';
import { type GlobalOptions, withSite } from '../session.ts';

/** `portolan sysadmin add NAME email=… password=…`: as runbooks have it. */
export function sysadminCommand(program: Command): void {
  const sysadmin = program.command('sysadmin').description('sysadmins');
  sysadmin
    .command('add')
    .description('make an account a sysadmin; with email=… it is made if it is missing')
    .argument('<username>')
    .argument('[fields...]', 'email=…, password=…, fullname=…')
    .action(async (name: string, fields: string[]) => {
      const given = readFields(fields);
      await withSite(program.opts<GlobalOptions>(), async ({ site }) => {
        const email = given['email'] ?? (await emailOf(site, name));
        await createSysadmin(site, { ...given, name, email });
      });
      process.stdout.write(`Added ${name} as sysadmin\n`);
    });
}

async function emailOf(site: Site, name: string): Promise<string> {
  const [user] = await site.db.rows<{ email: string | null }>('SELECT email FROM "user" WHERE name = $1', [
    name,
  ]);
  if (!user) throw new CommandError(`User "${name}" not found; with email=… and password=… it is made`, 3);
  return user.email ?? '';
}

const known = ['email', 'password', 'fullname'];

function readFields(fields: string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const field of fields) {
    const at = field.indexOf('=');
    const key = field.slice(0, at);
    if (at < 0 || !known.includes(key))
      throw new CommandError(`Could not parse arg: '${field}' (expected "<option>=<value>")`, 2);
    given[key] = field.slice(at + 1);
  }
  return given;
}
