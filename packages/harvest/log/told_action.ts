import type { Action, Call, Params } from '@portolan/catalogue';
import type { Sql, Tx } from '@portolan/db';
import { PortolanError } from '@portolan/kernel';
import { logOf } from './parts.ts';

/** Parameters that name what a call is about, or how it is to be done. Others may hold secrets, or whole records. */
const told = [
  'id',
  'name',
  'source_id',
  'job_id',
  'harvest_object_id',
  'package_id',
  'guid',
  'run',
  'keep_current',
  'reason',
  'field',
  'life_span',
  'include',
  'exclude',
];
const longest = 200;

interface Untyped {
  authorise(call: Call, params: Params): unknown;
  handle(call: Call, params: Params, subject: unknown): unknown;
}

/** The same action, which tells the harvester's log who called it, for what, and how it ended. Reads tell nothing. */
export function toldAction<Declared extends Action>(action: Declared): Declared {
  if (action.effect === 'read') return action;
  const { authorise, handle } = action as unknown as Untyped;
  const refused = (call: Call, params: Params) => (error: unknown) => {
    log(call).warn({ ...about(call, params), refusal: refusalOf(error) }, `${action.name} was refused`);
    throw error;
  };
  return Object.freeze({
    ...action,
    authorise: async (call: Call, params: Params) => {
      try {
        return await authorise(call, params);
      } catch (error) {
        return refused(call, params)(error);
      }
    },
    handle: async (call: Call, params: Params, subject: unknown) => {
      try {
        const result = await handle(call, params, subject);
        const tell = () =>
          log(call).info({ ...about(call, params), ...resultOf(params, result) }, action.name);
        if (isTransaction(call.sql)) call.sql.afterCommit(tell);
        else tell();
        return result;
      } catch (error) {
        return refused(call, params)(error);
      }
    },
  } satisfies Untyped) as unknown as Declared;
}

const log = (call: Call) => logOf(call.logger, 'action');

const isTransaction = (sql: Sql): sql is Tx => 'afterCommit' in sql;

function about(call: Call, params: Params): Record<string, unknown> {
  const facts: Record<string, unknown> = {
    by: call.user?.name ?? (call.ignoreAuth ? 'the portal' : 'anonymous'),
  };
  for (const name of told) {
    const value = params[name];
    if (typeof value === 'string') facts[name] = value.slice(0, longest);
    else if (typeof value === 'number' || typeof value === 'boolean') facts[name] = value;
  }
  return facts;
}

/** What was made, where the parameters do not name it. */
function resultOf(params: Params, result: unknown): Record<string, unknown> {
  const id = (result as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' && id !== params['id'] ? { result: id } : {};
}

/** The kind of refusal and the fields it is about: their texts quote what was sent. */
function refusalOf(error: unknown): string {
  if (!(error instanceof PortolanError)) return 'failed';
  const fields = Object.keys(error.fields);
  return fields.length > 0 ? `${error.code}: ${fields.join(', ')}` : error.code;
}
