import { notFound } from '@portolan/kernel';
import {
  type CallerContext,
  ignoreMissing,
  ignoreNotSysadmin,
  integer,
  isoDate,
  jsonObject,
  notEmpty,
  type Schema,
  text,
} from '@portolan/schema';
import { unlessTaken } from '../action/conflict.ts';
import { writeAction } from '../action/declaration.ts';
import { requireSent } from '../action/parameters.ts';
import { validatedParams } from '../action/validated_params.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { createToken } from '../token/create_token.ts';
import { findUser, type UserRow } from '../user/row.ts';

const schema: Schema<CallerContext> = {
  fields: {
    user: [notEmpty, text],
    name: [notEmpty, text],
    id: [ignoreMissing, ignoreNotSysadmin, text],
    created_at: [ignoreMissing, ignoreNotSysadmin, isoDate],
    last_access: [ignoreMissing, ignoreNotSysadmin, isoDate],
    plugin_extras: [ignoreMissing, ignoreNotSysadmin, jsonObject],
    expires_in: [ignoreMissing, integer],
    unit: [ignoreMissing, integer],
  },
  unknown: 'ignore',
};

interface NewTokenFields {
  user: string;
  name: string;
  id?: string;
  /** Null where it was sent empty. */
  created_at?: string | null;
  last_access?: string | null;
  plugin_extras?: Record<string, unknown>;
  expires_in?: number;
  unit?: number;
}

export const apiTokenCreate = writeAction<UserRow>({
  name: 'api_token_create',
  summary: 'Makes an API token. Its text is in the answer and nowhere else.',
  parameters: {
    user: { type: 'text', required: true, meaning: 'Id or name of the account.' },
    name: { type: 'text', required: true, meaning: 'What the account’s owner calls the token.' },
    expires_in: { type: 'integer', meaning: 'How long it lasts, in units.' },
    unit: { type: 'integer', meaning: 'Seconds of a unit; 1 when missing.' },
    id: { type: 'text', meaning: 'Id of the token; sysadmins only.' },
    created_at: { type: 'text', meaning: 'When it was made; sysadmins only.' },
    last_access: { type: 'text', meaning: 'When it was last used; sysadmins only.' },
    plugin_extras: { type: 'object', meaning: 'What plugins keep beside it; sysadmins only.' },
  },
  async authorise(call, params) {
    requireSent(params, ['user', 'name']);
    const user = await findUser(call.sql, params['user']);
    if (!user) throw notFound('User not found');
    if (call.user?.id !== user.id) sysadminOnly(call);
    return user;
  },
  async handle(call, params, user) {
    const sysadmin = call.ignoreAuth || call.user?.sysadmin === true;
    const data = (await validatedParams(schema, params, { sysadmin })) as unknown as NewTokenFields;
    const { expires_in, unit } = data;
    const { token } = await unlessTaken({ api_token_pkey: { id: ['Token id already exists.'] } }, () =>
      createToken(call.site, call.sql, {
        userId: user.id,
        name: data.name,
        id: data.id,
        issued: data.created_at ? Date.parse(`${data.created_at}Z`) : undefined,
        lifetime: expires_in ? expires_in * (unit ?? 1) : undefined,
        lastAccess: data.last_access,
        extras: data.plugin_extras,
      }),
    );
    return { token };
  },
});
