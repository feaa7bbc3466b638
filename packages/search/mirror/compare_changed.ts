import type { Client } from '@opensearch-project/opensearch';
import type { Sql } from '@portolan/db';
import { compareStep, differing, type MirrorComparison } from './compare.ts';
import { goesOn, type IndexWrites, indexWrites, writtenBetween } from './index_writes.ts';
import { datasetsChanged, type TableDigest, tableDigest } from './table_digest.repo.ts';

/** How index and table stood before they were compared: what has not changed since was compared, or still waits. */
export interface Standing {
  writes: IndexWrites;
  table: TableDigest;
}

export async function standing(sql: Sql, client: Client, index: string): Promise<Standing> {
  return { writes: await indexWrites(client, index), table: await tableDigest(sql) };
}

/** Whether it can be told what changed from the one to the other. */
export const follows = (before: Standing, now: Standing): boolean => goesOn(before.writes, now.writes);

/**
 * Compares what OpenSearch and the table say was changed since they stood as in `before`, whoever changed it. What was
 * removed from OpenSearch by hand leaves no trace there: only the number of documents tells.
 */
export async function* compareChanged(
  sql: Sql,
  client: Client,
  index: string,
  before: Standing,
  now: Standing,
): AsyncGenerator<MirrorComparison> {
  if (now.writes.shards.some(({ shard, last }) => last > settledIn(before, shard)))
    await client.indices.refresh({ index });
  // Most are our own writes, which the versions that OpenSearch tells with them show to be right.
  for await (const seen of writtenBetween(client, index, before.writes, now.writes, compareStep))
    yield { compared: seen.size, ...(await differing(sql, client, index, [...seen.keys()], seen)) };
  const changed = await datasetsChanged(sql, before.table.digests, now.table.digests);
  for (let from = 0; from < changed.length; from += compareStep) {
    const ids = changed.slice(from, from + compareStep);
    yield { compared: ids.length, ...(await differing(sql, client, index, ids)) };
  }
}

const settledIn = ({ writes }: Standing, shard: string): number =>
  writes.shards.find((one) => one.shard === shard)?.settled ?? -1;
