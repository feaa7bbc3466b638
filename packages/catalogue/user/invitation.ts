import type { Sql } from '@portolan/db';
import { PortolanError, type Runtime } from '@portolan/kernel';
import { invitationMail } from '@portolan/mail';
import type { WriteCall } from '../action/call.ts';
import type { GroupRow } from '../organization/row.ts';
import { renewResetKey, resetLink } from './reset_key.ts';
import type { UserRow } from './row.ts';

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
  const { config, mailer } = call.site;
  const key = await renewResetKey(call.site, call.sql, user.id, config.inviteKeyHours);
  const mail = invitationMail({
    site: { title: config.siteTitle, url: config.siteUrl },
    to: { name: user.name, address: user.email! },
    group: { kind: group.is_organization ? 'organisation' : 'group', title: group.title || group.name },
    role,
    link: resetLink(call.site, user.id, key),
  });
  try {
    await mailer.send(mail);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PortolanError('validation', undefined, {
      fields: { message: `Error sending the invite email, the user was not created: ${why}` },
      cause: error,
    });
  }
}
