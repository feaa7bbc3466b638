import type { Sql } from '@portolan/db';
import { denied, PortolanError } from '@portolan/kernel';
import { catchUpWith } from '../index/catch_up.ts';
import { changedDatasets } from '../index/changed_datasets.ts';
import type { Call, Params, Site, User, WriteCall } from './call.ts';
import type { Action } from './declaration.ts';

export interface Caller {
  user: User | undefined;
  ignoreAuth?: boolean;
  localePrefix?: string;
  /** Id of the request, for its log lines. */
  request?: string;
  /** The call came from a script tag (`callback`): anonymous, whatever credentials it carried. */
  fromScript?: boolean;
}

/** Rules that CKAN asks even when a script tag makes the call anonymous; all other writes are refused unasked. */
const askedForScripts = new Set(['package_create', 'package_update', 'user_create', 'user_update']);

/**
 * The only way an action runs: authorise, then handle; a write in one transaction (unless it has its own), with its
 * index entry waited for after the commit. Every client (HTTP, command line, workers) comes through here.
 */
export async function dispatch(site: Site, action: Action, caller: Caller, params: Params): Promise<unknown> {
  const callOn = <Through extends Sql>(sql: Through) => ({
    site,
    sql,
    user: caller.user,
    ignoreAuth: caller.ignoreAuth ?? false,
    localePrefix: caller.localePrefix ?? '',
    // Made when something is logged, which most calls never do.
    get logger() {
      return caller.request ? site.logger.child({ request: caller.request }) : site.logger;
    },
  });
  if (action.effect === 'write') {
    if (site.gate.closed) throw new PortolanError('readOnly', 'The site is in read-only mode');
    if (caller.fromScript && !askedForScripts.has(action.name))
      throw denied(`Action ${action.name} requires an authenticated user`);
  }
  try {
    if (action.effect === 'read' || action.transaction === 'own')
      return await perform(action, callOn<Sql>(site.db), params);
    const { result, changed } = await site.db.transact(async (tx) => ({
      result: await perform(action, callOn(tx), params),
      changed: await changedDatasets(tx),
    }));
    await catchUpWith(site, changed);
    return result;
  } catch (error) {
    throw translate(error);
  }
}

async function perform(action: Action, call: Call | WriteCall, params: Params): Promise<unknown> {
  const subject = await action.authorise(call as WriteCall, params);
  return action.handle(call as WriteCall, params, subject);
}

/** What PostgreSQL refuses because of the client's text is the client's error, not ours. */
function translate(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  // A NUL, or a text that is not Unicode (half of a surrogate pair).
  if (code === '22021' || code === '22P05' || code === '22P02')
    return new PortolanError('validation', undefined, {
      fields: { message: 'The request holds text that cannot be stored' },
      cause: error,
    });
  return error;
}
