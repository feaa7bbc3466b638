import type { Sql } from '@portolan/db';
import type { Site } from '../action/call.ts';

const day = 86_400_000;

/** What is wrong with the audit log, and the row where it shows. */
export interface AuditFault {
  position: number;
  problem: string;
}

export interface AuditVerdict {
  /** Rows in the chain. */
  rows: number;
  /** `POSITION:HASH` of the last row: kept elsewhere, it proves later that nothing before it has changed. */
  anchor: string;
  faults: AuditFault[];
}

/** Moves noted entries into the chain; one process does it, others return at once. @returns how many it moved */
export async function sealAudit(site: Site): Promise<number> {
  const rows = await site.db.prepared<{ sealed: number }>(
    'seal_audit',
    'SELECT portolan.seal_audit() AS sealed',
  );
  return rows[0]?.sealed ?? 0;
}

/** Takes away what is older than the retention, and says so in the chain. @returns how many rows went */
export async function trimAudit(site: Site): Promise<number> {
  const { auditRetention } = site.config;
  if (auditRetention === 0) return 0;
  const rows = await site.db.rows<{ gone: number }>(
    `SELECT portolan.trim_audit(to_timestamp($1::float8 / 1000) AT TIME ZONE 'UTC') AS gone`,
    [site.runtime.now() - auditRetention * day],
  );
  return rows[0]?.gone ?? 0;
}

/** Faults told at most. */
const most = 100;

/**
 * Goes through the whole chain: an edited row has another hash, a removed or exchanged one leaves a gap in the
 * positions, a cut end is not the end that was sealed, a cut beginning was not put into the chain by the retention.
 * @param anchor `POSITION:HASH` of an earlier verdict, kept outside the database
 */
export async function verifyAudit(sql: Sql, anchor?: string): Promise<AuditVerdict> {
  const faults = await sql.rows<AuditFault>(
    `WITH seal AS (
       SELECT coalesce(max(trimmed_position), 0) AS trimmed_position, coalesce(max(trimmed_hash), '') AS trimmed_hash
       FROM portolan.audit_seal
     ), chain AS (
       SELECT a.position, a.hash, lag(a.position, 1, s.trimmed_position) OVER w AS before,
         portolan.audit_hash(lag(a.hash, 1, s.trimmed_hash) OVER w, a) AS expected
       FROM portolan.audit a CROSS JOIN seal s WINDOW w AS (ORDER BY a.position)
     )
     SELECT position, CASE WHEN before <> position - 1 THEN 'rows before it are missing'
                           ELSE 'it, or the row before it, was changed' END AS problem
     FROM chain WHERE before <> position - 1 OR hash <> expected ORDER BY position LIMIT ${most}`,
  );
  const [state] = await sql.rows<{
    rows: number;
    position: number | null;
    hash: string | null;
    sealed: string | null;
    trimmed: number | null;
    trimIsNoted: boolean;
  }>(
    `SELECT (SELECT count(*) FROM portolan.audit) AS rows, a.position, a.hash,
       s.position || ':' || s.hash AS sealed, s.trimmed_position AS trimmed,
       EXISTS (SELECT FROM portolan.audit t WHERE t.via = 'portal' AND t.action = 'trim'
                 AND t.concerns = ARRAY[s.trimmed_position::text, s.trimmed_hash]
               UNION ALL
               SELECT FROM portolan.audit_note t WHERE t.via = 'portal' AND t.action = 'trim'
                 AND t.concerns = ARRAY[s.trimmed_position::text, s.trimmed_hash]) AS "trimIsNoted"
     FROM (SELECT) AS one
     LEFT JOIN portolan.audit_seal s ON true
     LEFT JOIN LATERAL (SELECT position, hash FROM portolan.audit ORDER BY position DESC LIMIT 1) a ON true`,
  );
  const last = `${state?.position ?? 0}:${state?.hash ?? ''}`;
  const sealed = state?.sealed ?? '0:';
  const position = state?.position ?? 0;
  if (state?.trimmed && !state.trimIsNoted)
    faults.push({ position: state.trimmed, problem: 'rows up to it were removed, and not by the retention' });
  // All rows may be gone by the retention, whose last one the seal then names.
  const emptied = state?.position === null && state.trimmed === Number(sealed.split(':')[0]);
  if (last !== sealed && !emptied)
    faults.push({ position, problem: 'it is not the last row that was sealed' });
  if (anchor !== undefined && !(await holds(sql, anchor)))
    faults.push({ position: Number.parseInt(anchor, 10) || 0, problem: 'it is not what the anchor says' });
  return { rows: state?.rows ?? 0, anchor: last, faults };
}

async function holds(sql: Sql, anchor: string): Promise<boolean> {
  const rows = await sql.rows(`SELECT FROM portolan.audit WHERE position || ':' || hash = $1`, [anchor]);
  return rows.length > 0;
}
