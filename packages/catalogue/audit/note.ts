import type { Sql, Tx } from '@portolan/db';
import type { Params, Site, User } from '../action/call.ts';
import { namedIn, parametersHash } from './parameters.rules.ts';

/** Who writes, by what, and what was asked for: the part of an entry that is known before the outcome. */
export interface AuditedCall {
  via: 'api' | 'cli' | 'harvester' | 'portal';
  action: string;
  user: User | undefined;
  address: string | undefined;
  request: string | undefined;
  named: string[];
  parameters: string;
}

/**
 * `done`; `begun`, and later `done`, for an action in several transactions; `denied` (403), `refused` (409) and
 * `failed` for one that changed nothing.
 */
export type Outcome = 'done' | 'begun' | 'denied' | 'refused' | 'failed';

export function auditedCall(
  action: string,
  caller: {
    via?: AuditedCall['via'];
    user: User | undefined;
    ignoreAuth?: boolean;
    address?: string;
    request?: string;
  },
  params: Params,
): AuditedCall {
  return {
    via: caller.via ?? (caller.ignoreAuth ? 'cli' : 'api'),
    action,
    user: caller.user,
    address: caller.address,
    request: caller.request,
    named: namedIn(params),
    parameters: parametersHash(params),
  };
}

/** One entry that is to be. */
export interface AuditNote {
  call: AuditedCall;
  outcome: Outcome;
  /** Ids of what the write changed, beside what the parameters named. */
  changed?: readonly string[];
}

/**
 * Adds an entry to the audit log: in the write's own transaction, so that there is neither a write without an entry
 * nor the reverse. The sealer puts it into the chain.
 * @param changed ids of what the write changed, beside what the parameters named
 */
export const noteAudit = (
  sql: Sql,
  call: AuditedCall,
  outcome: Outcome,
  changed: readonly string[] = [],
): Promise<void> => noteAudits(sql, [{ call, outcome, changed }]);

/** Like `noteAudit`, for several writes at once, in their order. */
export async function noteAudits(sql: Sql, notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(({ call, outcome, changed = [] }) => ({
    via: call.via,
    action: call.action,
    outcome,
    user_id: call.user?.id,
    user_name: call.user?.name,
    token_id: call.user?.token,
    address: call.address,
    request_id: call.request,
    // As UTF-8 would have it: JSON keeps halves of characters, which PostgreSQL refuses.
    concerns: [...new Set([...changed, ...call.named])].map((one) => one.toWellFormed()),
    parameters: call.parameters,
  }));
  await sql.prepared(
    'note_audits',
    `INSERT INTO portolan.audit_note
       (via, action, outcome, user_id, user_name, token_id, address, request_id, concerns, parameters)
     SELECT via, action, outcome, user_id, user_name, token_id, address, request_id, concerns, parameters
     FROM jsonb_to_recordset($1::jsonb) AS n(via text, action text, outcome text, user_id text, user_name text,
       token_id text, address text, request_id text, concerns text[], parameters text)`,
    [JSON.stringify(rows)],
  );
}

/** Notes a write that came to nothing, where the settings ask for it. It never stands in the way of the answer. */
export async function noteRefusal(site: Site, call: AuditedCall, status: number): Promise<void> {
  const { auditRefused } = site.config;
  if (auditRefused === 'none' || (auditRefused === 'accounts' && !call.user)) return;
  if (status === 404 || status === 503) return;
  const outcome = status === 403 ? 'denied' : status < 500 ? 'refused' : 'failed';
  try {
    await site.db.transact(async (tx: Tx) => {
      // A crash may take the note of something that did not happen.
      await tx.rows('SET LOCAL synchronous_commit = off');
      await noteAudit(tx, call, outcome);
    });
  } catch (error) {
    site.logger.warn({ err: error, action: call.action }, 'a refused write was not noted');
  }
}

/** The id that a write answers with, of what it made or changed. */
export function idOf(result: unknown): string[] {
  const id = (result as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? [id] : [];
}
