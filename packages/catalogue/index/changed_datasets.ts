import type { Tx } from '@portolan/db';

/** More than this nobody waits for: the relay does them. */
const most = 500;

/** The datasets whose index entries this transaction has made old, so far as its writer waits for them. */
export async function changedDatasets(tx: Tx): Promise<string[]> {
  const rows = await tx.prepared<{ key: string }>(
    'changed_datasets',
    `SELECT DISTINCT key FROM portolan.outbox WHERE txid = pg_current_xact_id_if_assigned() LIMIT $1`,
    [most + 1],
  );
  return rows.length > most ? [] : rows.map((row) => row.key);
}
