import type { Db, Sql } from '@portolan/db';

/** Notes that so many records are done with. */
export async function noteThroughput(db: Db, records: number): Promise<void> {
  if (records === 0) return;
  await db.rows(
    `INSERT INTO portolan.harvest_minute AS m (minute, records) VALUES (date_trunc('minute', clock_timestamp()), $1)
     ON CONFLICT (minute) DO UPDATE SET records = m.records + excluded.records`,
    [records],
  );
}

/** Records a second that all workers together were done with in the last whole minute. */
export async function throughput(sql: Sql): Promise<number> {
  const [row] = await sql.rows<{ rate: number }>(
    `SELECT coalesce(sum(records), 0)::float8 / 60 AS rate FROM portolan.harvest_minute
     WHERE minute = date_trunc('minute', clock_timestamp()) - interval '1 minute'`,
  );
  return row?.rate ?? 0;
}

/** Minutes are kept for an hour. */
export const forgetMinutes = (db: Db): Promise<unknown> =>
  db.rows(`DELETE FROM portolan.harvest_minute WHERE minute < clock_timestamp() - interval '1 hour'`);
