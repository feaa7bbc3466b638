import type { Client } from '@opensearch-project/opensearch';

/** How far a shard of an index has been written. Each has a sequence of its own, in which every operation has a number. */
export interface ShardWrites {
  shard: string;
  /** What the numbers belong to: another one after a restart, a restored snapshot or a lost shard. */
  line: string;
  /** The last number given. */
  last: number;
  /** Everything up to it is in every copy of the shard, and found after a refresh. */
  settled: number;
}

/** How far an index has been written, by hand or by us. */
export interface IndexWrites {
  uuid: string;
  shards: ShardWrites[];
}

interface ShardStats {
  routing: { primary: boolean };
  commit: { user_data: { history_uuid: string } };
  seq_no: { max_seq_no: number; global_checkpoint: number };
  retention_leases: { primary_term: number };
}

export async function indexWrites(client: Client, index: string): Promise<IndexWrites> {
  const { body } = await client.indices.stats({ index, metric: 'docs', level: 'shards' } as never);
  const [stats] = Object.values(
    (body as unknown as { indices: Record<string, { uuid: string; shards: Record<string, ShardStats[]> }> })
      .indices,
  );
  const shards = Object.entries(stats?.shards ?? {}).flatMap(([shard, copies]) =>
    copies
      .filter(({ routing }) => routing.primary)
      .map(({ commit, seq_no, retention_leases }) => ({
        shard,
        line: `${commit.user_data.history_uuid} ${retention_leases.primary_term}`,
        last: seq_no.max_seq_no,
        settled: seq_no.global_checkpoint,
      })),
  );
  return { uuid: stats?.uuid ?? '', shards };
}

/** Whether the numbers of `now` go on where those of `before` were. */
export const goesOn = (before: IndexWrites, now: IndexWrites): boolean =>
  before.uuid === now.uuid &&
  before.shards.length === now.shards.length &&
  now.shards.every((one) => {
    const then = before.shards.find(({ shard }) => shard === one.shard);
    return then !== undefined && then.line === one.line && one.last >= then.settled;
  });

/**
 * Documents that were written after `before` and up to `now`, with their versions, some at a time. Nothing tells of
 * those that were removed. The index has to be refreshed.
 */
export async function* writtenBetween(
  client: Client,
  index: string,
  before: IndexWrites,
  now: IndexWrites,
  size: number,
): AsyncGenerator<Map<string, number>> {
  for (const { shard, last } of now.shards) {
    let after = before.shards.find((one) => one.shard === shard)?.settled ?? -1;
    while (after < last) {
      const { body } = await client.search({
        index,
        size,
        preference: `_shards:${shard}`,
        request_cache: false,
        body: {
          _source: false,
          version: true,
          track_total_hits: false,
          query: { range: { _seq_no: { gt: after, lte: last } } },
          sort: [{ _seq_no: 'asc' }],
        },
      } as never);
      const { hits } = (body as unknown as { hits: { hits: WrittenHit[] } }).hits;
      if (hits.length > 0) yield new Map(hits.map(({ _id, _version }) => [_id, _version]));
      if (hits.length < size) break;
      after = hits.at(-1)!.sort[0];
    }
  }
}

interface WrittenHit {
  _id: string;
  _version: number;
  sort: [number];
}

/** Documents that a search finds. */
export async function countIndexed(client: Client, index: string): Promise<number> {
  const { body } = await client.count({ index });
  return body.count;
}
