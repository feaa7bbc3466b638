import type { Sql } from '@portolan/db';
import { PortolanError, type Runtime } from '@portolan/kernel';
import type { Site, WriteCall } from '../action/call.ts';
import type { GroupRow } from '../organization/row.ts';
import type { UserRow } from './row.ts';

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  body: string;
}

/** What sends mail; an error says why it could not. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** Names that are tried for an invited account. */
const attempts = 100;

/** A free name made of the address: `ada-4711`. Source: CKAN `_get_random_username_from_email`. */
export async function inventName(sql: Sql, runtime: Runtime, address: string): Promise<string> {
  const local = address
    .split('@')[0]!
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]/gu, '-');
  const names = Array.from(
    { length: attempts },
    () => `${local}-${runtime.bytes(4).readUInt32BE() % 10_000}`,
  );
  const rows = await sql.rows<{ name: string }>(`SELECT name FROM "user" WHERE name = ANY($1)`, [names]);
  const taken = new Set(rows.map((row) => row.name));
  return names.find((name) => !taken.has(name)) ?? local;
}

/** @throws PortolanError `validation` when the mail cannot be sent: the account is then not made either. */
export async function sendInvitation(
  call: WriteCall,
  user: UserRow,
  group: GroupRow,
  role: string,
): Promise<void> {
  const { config, mailer } = call.site as Site & { mailer?: Mailer };
  try {
    if (!mailer) throw new Error('this site has no mail server');
    await mailer.send({
      to: { name: user.name, address: user.email! },
      subject: `Invite for ${config.siteTitle}`,
      body: [
        `Dear ${user.name},`,
        '',
        `An account has been made for you on ${config.siteTitle}. Your user name is "${user.name}"; you may`,
        'choose another one when you set your password.',
        '',
        `You have the role "${role}" in the ${group.is_organization ? 'organisation' : 'group'} "${group.title || group.name}".`,
        '',
        'To accept, set a password here:',
        '',
        `    ${config.siteUrl}/user/reset/${user.id}?key=${user.reset_key}`,
        '',
        '--',
        `${config.siteTitle} (${config.siteUrl})`,
      ].join('\n'),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortolanError('validation', undefined, {
      fields: { message: `Error sending the invite email, the user was not created: ${why}` },
      cause: error,
    });
  }
}
