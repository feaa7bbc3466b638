import type { Sql } from '@portolan/db';

/** The one row that every process obeys. */
export interface Control {
  /** Rises with every change. */
  epoch: number;
  readOnly: boolean;
  reason: string;
  /** Settings in force on top of file and environment, `key -> value`. */
  settings: Record<string, string>;
}

interface ControlRow {
  epoch: number;
  read_only: boolean;
  reason: string;
  settings: Record<string, string>;
}

export async function readControl(sql: Pick<Sql, 'rows'>): Promise<Control> {
  const [row] = await sql.rows<ControlRow>('SELECT epoch, read_only, reason, settings FROM portolan.control');
  if (!row) throw new Error('portolan.control has no row');
  return { epoch: row.epoch, readOnly: row.read_only, reason: row.reason, settings: row.settings };
}

export type ControlChange = Partial<Pick<Control, 'readOnly' | 'reason' | 'settings'>>;

/** Writes the change and tells every process; returns the new epoch. Does not wait for anybody. */
export async function changeControl(sql: Pick<Sql, 'rows'>, change: ControlChange): Promise<number> {
  const [row] = await sql.rows<{ epoch: number }>(
    `UPDATE portolan.control SET epoch = epoch + 1, read_only = coalesce($1, read_only), reason = coalesce($2, reason),
       settings = coalesce($3, settings), changed = now(),
       reopened = CASE WHEN read_only AND NOT coalesce($1, read_only) THEN now() ELSE reopened END
     RETURNING epoch, pg_notify('portolan_control', '')`,
    [
      change.readOnly ?? null,
      change.reason ?? null,
      change.settings ? JSON.stringify(change.settings) : null,
    ],
  );
  if (!row) throw new Error('portolan.control has no row');
  return row.epoch;
}
