import type { Tables, Tx } from '@portolan/db';
import { timestamp } from '@portolan/kernel';
import type { Fields } from '@portolan/schema';
import type { Insertable, Updateable } from 'kysely';
import type { Site } from '../action/call.ts';
import { unlessTaken } from '../action/conflict.ts';
import { hashPassword } from './password.rules.ts';
import { findUser, type UserRow } from './row.ts';
import { takenEmail, takenName } from './schema.ts';

const columns = [
  'name',
  'fullname',
  'email',
  'about',
  'image_url',
  'sysadmin',
  'state',
  'activity_streams_email_notifications',
  'plugin_extras',
] as const;

const taken = (data: Fields) => ({
  user_name_key: { name: [takenName] },
  user_pkey: { id: ['User id already exists.'] },
  idx_only_one_active_email: { email: [takenEmail(data['email'])] },
});

/** Writes a new account from validated fields. */
export async function insertUser(site: Site, tx: Tx, data: Fields): Promise<UserRow> {
  const id = (data['id'] as string | undefined) ?? site.runtime.id();
  const now = timestamp(site.runtime.now());
  const values = { ...present(data), ...(await passwordColumn(site, data)), id, created: now };
  await unlessTaken(taken(data), () =>
    tx.kysely
      .insertInto('user')
      .values(values as Insertable<Tables['user']>)
      .execute(),
  );
  await tx.rows(
    `INSERT INTO dashboard (user_id, activity_stream_last_viewed, email_last_sent) VALUES ($1, $2, $2)`,
    [id, now],
  );
  return (await findUser(tx, id))!;
}

/** Changes an account; fields that were not sent stay as they are. */
export async function updateUser(site: Site, tx: Tx, id: string, data: Fields): Promise<UserRow> {
  const values = { ...present(data), ...(await passwordColumn(site, data)) };
  if (Object.keys(values).length > 0)
    await unlessTaken(taken(data), () =>
      tx.kysely
        .updateTable('user')
        .set(values as Updateable<Tables['user']>)
        .where('id', '=', id)
        .execute(),
    );
  return (await findUser(tx, id))!;
}

function present(data: Fields): Fields {
  const values: Fields = {};
  for (const column of columns)
    if (data[column] !== undefined)
      values[column] = column === 'plugin_extras' ? JSON.stringify(data[column]) : data[column];
  return values;
}

/** A ready hash wins, as in CKAN; an empty password changes nothing. */
async function passwordColumn(site: Site, data: Fields): Promise<Fields> {
  if (data['password_hash']) return { password: data['password_hash'] };
  if (typeof data['password'] !== 'string' || data['password'] === '') return {};
  return { password: await hashPassword(data['password'], site.runtime.bytes(16)) };
}
