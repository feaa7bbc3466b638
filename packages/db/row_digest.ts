import type { Sql } from './connection.ts';

const buckets = 1024;

/** SQL: the bucket of a key, 0 to 1023. */
export const bucketOf = (key: string): string => `(hashtext(${key}) & ${buckets - 1})`;

/**
 * SQL: names the writing that a row is of, by the transaction that wrote it. PostgreSQL keeps that with each row, and
 * no setting of a session, such as triggers turned off, keeps it from doing so.
 */
export const writingOf = (...rows: string[]): string =>
  `concat_ws(',', ${rows.map((row) => `${row}.xmin`).join(', ')})`;

/**
 * What rows look like, by bucket: the text is another one once a row of the bucket was written or removed, whoever did
 * it. Takes one pass over the rows and reads none of their columns but the key.
 * @param rows SQL of rows `(key text, writing text)`
 */
export async function rowDigests(sql: Sql, rows: string): Promise<Map<number, string>> {
  const digests = await sql.rows<{ bucket: number; digest: string }>(
    `SELECT ${bucketOf('key')} AS bucket, count(*) || ':' || sum(hashtextextended(writing, 0)) AS digest
     FROM (${rows}) AS r WHERE key IS NOT NULL GROUP BY 1`,
  );
  return new Map(digests.map(({ bucket, digest }) => [bucket, digest]));
}
