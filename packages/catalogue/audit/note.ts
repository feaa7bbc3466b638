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

/**
 * Adds an entry to the audit log: in the write's own transaction, so that there is neither a write without an entry
 * nor the reverse. The sealer puts it into the chain.
 * @param changed ids of what the write changed, beside what the parameters named
 */
export async function noteAudit(
  sql: Sql,
  call: AuditedCall,
  outcome: Outcome,
  changed: readonly string[] = [],
): Promise<void> {
  const { via, action, user, address, request, named, parameters } = call;
  await sql.prepared(
    'note_audit',
    `INSERT INTO portolan.audit_note
       (via, action, outcome, user_id, user_name, token_id, address, request_id, concerns, parameters)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      via,
      action,
      outcome,
      user?.id ?? null,
      user?.name ?? null,
      user?.token ?? null,
      address ?? null,
      request ?? null,
      [...new Set([...changed, ...named])],
      parameters,
    ],
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
