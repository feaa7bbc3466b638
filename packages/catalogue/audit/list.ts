import type { Sql } from '@portolan/db';

export interface AuditFilter {
  /** Id or name of an account. */
  user?: string | undefined;
  /** Id or name of a dataset, or of anything else that an entry concerns. */
  concerns?: string | undefined;
  /** A moment, UTC, as `2026-05-06T07:08:09`. */
  since?: string | undefined;
  /** Only what stands before this position. */
  before?: number | undefined;
  limit: number;
}

export interface AuditEntry {
  position: number;
  /** UTC. */
  at: string;
  via: string;
  action: string;
  outcome: string;
  user_id: string | null;
  user_name: string | null;
  token_id: string | null;
  address: string | null;
  request_id: string | null;
  concerns: string[];
  parameters: string | null;
  hash: string;
}

/** Entries of the chain, the latest first. */
export function listAudit(sql: Sql, filter: AuditFilter): Promise<AuditEntry[]> {
  return sql.rows<AuditEntry>(
    `SELECT position, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at, via, action, outcome, user_id, user_name,
       token_id, address, request_id, concerns, parameters, hash
     FROM portolan.audit
     WHERE ($1::text IS NULL OR user_id = $1 OR user_name = $1)
       AND ($2::text IS NULL OR concerns && array_append(ARRAY(SELECT id FROM package WHERE name = $2), $2))
       AND ($3::timestamp IS NULL OR at >= $3::timestamp)
       AND ($4::bigint IS NULL OR position < $4)
     ORDER BY position DESC LIMIT $5`,
    [filter.user ?? null, filter.concerns ?? null, filter.since ?? null, filter.before ?? null, filter.limit],
  );
}
