import type { Sql } from '@portolan/db';

/** Datasets fall into so many buckets: of 100,000 six have one, so that little is looked at for each that changed. */
const buckets = 16_384;
const bucketOf = `hashtext(package_id) & ${buckets - 1}`;

/** What `portolan.search_document` says that an index holds. */
export interface TableDigest {
  /** Of ids and versions in each bucket, without what waits to be told: that is looked at when it has been. */
  digests: BigInt64Array;
  documents: number;
  waiting: number;
}

// One pass over two keys' indices. The version is the seed of the hash.
export async function tableDigest(sql: Sql): Promise<TableDigest> {
  const [row] = await sql.prepared<{ packed: Buffer | null; documents: number; waiting: number }>(
    'mirror_digest',
    `SELECT string_agg(int4send(bucket) || int8send(digest), '') AS packed,
       coalesce(sum(documents), 0)::int AS documents,
       (SELECT count(*) FROM portolan.search_mirror WHERE since IS NOT NULL)::int AS waiting
     FROM (
       SELECT ${bucketOf} AS bucket, count(*) AS documents,
         coalesce(bit_xor(hashtextextended(package_id, coalesce(m.version, -1))) FILTER (WHERE m.since IS NULL), 0)
           AS digest
       FROM portolan.search_document LEFT JOIN portolan.search_mirror m USING (package_id)
       GROUP BY 1) AS bucket`,
  );
  const { packed, documents, waiting } = row!;
  const digests = new BigInt64Array(buckets);
  for (let at = 0; packed && at < packed.length; at += 12)
    digests[packed.readInt32BE(at)] = packed.readBigInt64BE(at + 4);
  return { digests, documents, waiting };
}

/** Datasets of the buckets that have another digest, sorted. */
export async function datasetsChanged(
  sql: Sql,
  before: BigInt64Array,
  now: BigInt64Array,
): Promise<string[]> {
  const changed = Array.from(now.keys()).filter((bucket) => now[bucket] !== before[bucket]);
  if (changed.length === 0) return [];
  const rows = await sql.prepared<{ package_id: string }>(
    'mirror_changed_buckets',
    `WITH changed AS MATERIALIZED (SELECT unnest($1::int[]) AS bucket)
     SELECT package_id FROM portolan.search_document WHERE ${bucketOf} IN (SELECT bucket FROM changed)
     UNION
     SELECT package_id FROM portolan.search_mirror WHERE ${bucketOf} IN (SELECT bucket FROM changed)
     ORDER BY package_id`,
    [changed],
  );
  return rows.map((row) => row.package_id);
}

/** Documents of the table, and datasets of which an index has yet to be told, at one moment. */
export async function tableCounts(sql: Sql): Promise<{ documents: number; waiting: number }> {
  const [row] = await sql.prepared<{ documents: number; waiting: number }>(
    'mirror_counts',
    `SELECT (SELECT count(*) FROM portolan.search_document)::int AS documents,
       (SELECT count(*) FROM portolan.search_mirror WHERE since IS NOT NULL)::int AS waiting`,
  );
  return row!;
}
