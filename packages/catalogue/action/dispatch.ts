import type { Sql, Tx } from '@portolan/db';
import { denied, PortolanError } from '@portolan/kernel';
import { type AuditedCall, auditedCall, idOf, noteAudit, noteRefusal } from '../audit/note.ts';
import { catchUpWith } from '../index/catch_up.ts';
import { changedDatasets } from '../index/changed_datasets.ts';
import { shownToCaller } from '../personal/boundary.ts';
import type { Call, Params, Site, User, WriteCall } from './call.ts';
import type { Action, SteppedAction } from './declaration.ts';

export interface Caller {
  user: User | undefined;
  ignoreAuth?: boolean;
  localePrefix?: string;
  /** Id of the request, for its log lines. */
  request?: string;
  /** Where the call came from. */
  address?: string;
  /** By what it came; the command line when rules are not asked, unless it says otherwise. */
  via?: 'api' | 'cli' | 'harvester';
  /** Validators of results that the caller has already. */
  held?: readonly string[];
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
    held: caller.held ?? [],
    // Made when something is logged, which most calls never do.
    get logger() {
      return caller.request ? site.logger.child({ request: caller.request }) : site.logger;
    },
  });
  if (action.effect === 'read') return translated(() => perform(action, callOn<Sql>(site.db), params));
  if (site.gate.closed) throw new PortolanError('readOnly', 'The site is in read-only mode');
  const audited = auditedCall(action.name, caller, params);
  try {
    if (caller.fromScript && !askedForScripts.has(action.name))
      throw denied(`Action ${action.name} requires an authenticated user`);
    return await translated(() =>
      action.transaction === 'own'
        ? inSteps(site, action, callOn<Sql>(site.db), params, audited)
        : inOneTransaction(site, action, callOn, params, audited),
    );
  } catch (error) {
    await noteRefusal(site, audited, error instanceof PortolanError ? error.status : 500);
    throw error;
  }
}

async function inOneTransaction(
  site: Site,
  action: Action,
  callOn: (tx: Tx) => WriteCall,
  params: Params,
  audited: AuditedCall,
): Promise<unknown> {
  const { result, changed } = await site.db.transact(async (tx) => {
    const result = await perform(action, callOn(tx), params);
    const changed = await changedDatasets(tx);
    await noteAudit(tx, audited, 'done', [...changed, ...idOf(result)]);
    return { result, changed };
  });
  await catchUpWith(site, changed);
  return result;
}

/** Between its steps it may die: what it has begun is noted first. */
async function inSteps(
  site: Site,
  action: SteppedAction,
  call: Call,
  params: Params,
  audited: AuditedCall,
): Promise<unknown> {
  const subject = await action.authorise(call, params);
  await site.db.transact((tx) => noteAudit(tx, audited, 'begun'));
  const result = await action.handle(call, params, subject);
  await site.db.transact((tx) => noteAudit(tx, audited, 'done', idOf(result)));
  return shownToCaller(call, action, params, subject, result);
}

async function translated<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw translate(error);
  }
}

async function perform(action: Action, call: Call | WriteCall, params: Params): Promise<unknown> {
  const subject = await action.authorise(call as WriteCall, params);
  const result = await action.handle(call as WriteCall, params, subject);
  return shownToCaller(call, action, params, subject, result);
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
  // A text too long for an index, or for its column; a number too large for its.
  if (code === '54000' || code === '22001' || code === '22003')
    return new PortolanError('validation', undefined, {
      fields: { message: 'The request holds a value that is too large to be stored' },
      cause: error,
    });
  // An object of the client's, with a `toString` of its own, where a text was read.
  if (error instanceof TypeError && error.message === 'Cannot convert object to primitive value')
    return new PortolanError('validation', undefined, {
      fields: { message: 'The request holds an object where a text belongs' },
      cause: error,
    });
  return error;
}
