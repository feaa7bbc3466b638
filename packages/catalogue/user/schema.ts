import type { Sql } from '@portolan/db';
import {
  boolean,
  type CallerContext,
  email,
  emptyIfNotSysadmin,
  ignore,
  ignoreMissing,
  ignoreNotSysadmin,
  jsonObject,
  name,
  notEmpty,
  refuse,
  type Schema,
  stop,
  text,
  trimmed,
  uuid,
  type Validator,
} from '@portolan/schema';
import type { UserRow } from './row.ts';

export interface UserContext extends CallerContext {
  readonly sql: Sql;
  /** The account that is changed; nothing when one is made. */
  readonly user: UserRow | undefined;
}

export const takenName = 'That login name is not available.';
export const takenEmail = (address: unknown) =>
  `The email address '${address}' belongs to a registered user.`;

const shortestPassword = 8;

const password: Validator = (value) => {
  if (value === undefined || value === '') return value;
  if (typeof value !== 'string') return refuse('Passwords must be strings');
  return [...value].length < shortestPassword
    ? refuse(`Your password must be ${shortestPassword} characters or longer`)
    : value;
};

/** An account of sysadmins' making may come with a hash instead. */
const passwordGiven: Validator<UserContext> = (value, { record, context }) =>
  value || (context.sysadmin && record['password_hash']) ? value : refuse('Missing value');

/** Names are compared with ids too: a reference is looked up as either. Only sysadmins rename active accounts. */
const freeName: Validator<UserContext> = async (value, { context: { sql, sysadmin, user } }) => {
  if (typeof value !== 'string') return refuse('User names must be strings');
  if (value === user?.name) return value;
  const rows = await sql.prepared<{ id: string }>(
    'user_of_name',
    `SELECT id FROM "user" WHERE (name = $1 OR id = $1) AND id IS DISTINCT FROM $2 LIMIT 1`,
    [value, user?.id ?? null],
  );
  if (rows.length > 0) return refuse(takenName);
  if (user && user.state !== 'pending' && !sysadmin) return refuse('That login name can not be modified.');
  return value;
};

/** Only active accounts reserve their address, in whatever case. */
const freeEmail: Validator<UserContext> = async (value, { context: { sql, user } }) => {
  if (typeof value !== 'string' || value === '') return value;
  const rows = await sql.prepared(
    'user_of_email',
    `SELECT FROM "user" WHERE lower(email) = lower($1) AND state = 'active' AND id IS DISTINCT FROM $2 LIMIT 1`,
    [value, user?.id ?? null],
  );
  return rows.length > 0 ? refuse(takenEmail(value)) : value;
};

const noLinks: Validator = (value) =>
  typeof value === 'string' && /https?:\/\//.test(value)
    ? refuse('Edit not allowed as it looks like spam. Please avoid links in your description.')
    : value;

const unusedId: Validator<UserContext> = async (value, { context }) => {
  const rows = await context.sql.rows(`SELECT FROM "user" WHERE id = $1`, [value]);
  return rows.length > 0 ? refuse('User id already exists.') : value;
};

const freeText = [ignoreMissing, text];

const fields = {
  fullname: freeText,
  email: [notEmpty, text, trimmed, email, freeEmail],
  about: [ignoreMissing, noLinks, text],
  image_url: freeText,
  created: [ignore],
  reset_key: [ignore],
  apikey: [ignore],
  last_active: [ignore],
  sysadmin: [ignoreMissing, ignoreNotSysadmin, boolean],
  state: [ignoreMissing, ignoreNotSysadmin, text],
  activity_streams_email_notifications: [ignoreMissing, boolean],
  plugin_extras: [ignoreMissing, jsonObject, ignoreNotSysadmin],
} satisfies Schema<UserContext>['fields'];

/** Fields of user_create. Source: CKAN `default_user_schema`. */
export const newUser: Schema<UserContext> = {
  fields: {
    id: [ignoreMissing, emptyIfNotSysadmin, uuid, unusedId],
    name: [notEmpty, name, freeName],
    password_hash: [ignoreMissing, ignoreNotSysadmin, text],
    password: [password, passwordGiven],
    ...fields,
  },
  unknown: 'ignore',
};

/** Fields of user_update: what is not sent stays, but an address has to be sent. */
export const changedUser: Schema<UserContext> = {
  fields: {
    name: [
      ignoreMissing,
      (value, { context: { user } }) => (value === user?.name ? stop : value),
      name,
      freeName,
    ],
    password_hash: [ignoreMissing, ignoreNotSysadmin, text],
    password: [password],
    ...fields,
  },
  unknown: 'ignore',
};

/** The account that an invitation makes: no password, and a name of our making. */
export const invitation: Schema<UserContext> = {
  fields: {
    email: fields.email,
    group_id: [notEmpty],
    role: [notEmpty],
  },
  unknown: 'ignore',
};
