import type { Client } from '@opensearch-project/opensearch';
import type { Sql } from '@portolan/db';

/** Datasets compared in one step: more at once hold a thread of OpenSearch's searches for longer. */
export const compareStep = 500;
/** Ids that OpenSearch lists at a time. */
const listed = 2000;

/** What a step found: datasets of which an index holds something else than the table. */
export interface MirrorComparison {
  compared: number;
  ids: string[];
  /** The highest version that the index has of any of them. */
  highest: number;
}

interface HeldRow {
  package_id: string;
  version: number | null;
  waiting: boolean;
}

/**
 * Compares an index with `portolan.search_document` by versions: every change gets another, also one that somebody
 * makes in OpenSearch by hand. Then looks for what belongs to no dataset. What waits to be told is left out.
 */
export async function* compareMirror(
  sql: Sql,
  client: Client,
  index: string,
): AsyncGenerator<MirrorComparison> {
  for (let after = ''; ; ) {
    const page = await sql.prepared<{ package_id: string }>(
      'mirror_compared',
      'SELECT package_id FROM portolan.search_document WHERE package_id > $1 ORDER BY package_id LIMIT $2',
      [after, compareStep],
    );
    const ids = page.map((row) => row.package_id);
    if (ids.length > 0) yield { compared: ids.length, ...(await differing(sql, client, index, ids)) };
    if (ids.length < compareStep) break;
    after = ids.at(-1)!;
  }
  for await (const ids of indexedIds(client, index))
    yield { compared: 0, ...(await differing(sql, client, index, await withoutDocument(sql, ids))) };
}

/**
 * Looked at twice: table and index are read one after the other, and a write may come between.
 * @param seen versions that the index was just seen to have of these datasets; else it is asked
 */
export async function differing(
  sql: Sql,
  client: Client,
  index: string,
  ids: string[],
  seen?: Map<string, number>,
): Promise<Omit<MirrorComparison, 'compared'>> {
  // What was seen is older than what the table holds by now.
  const suspects = seen ? (await compareOnce(sql, ids, () => seen)).ids : ids;
  const first = await compareOnce(sql, suspects, () => versionsOf(client, index, suspects));
  return compareOnce(sql, first.ids, () => versionsOf(client, index, first.ids));
}

async function compareOnce(
  sql: Sql,
  ids: string[],
  indexed: () => Map<string, number> | Promise<Map<string, number>>,
): Promise<{ ids: string[]; highest: number }> {
  if (ids.length === 0) return { ids, highest: 0 };
  const rows = await sql.prepared<HeldRow>(
    'mirror_held',
    `SELECT id AS package_id, m.since IS NOT NULL AS waiting,
       CASE WHEN d.package_id IS NOT NULL THEN coalesce(m.version, -1) END AS version
     FROM unnest($1::text[]) AS id
     LEFT JOIN portolan.search_document d ON d.package_id = id
     LEFT JOIN portolan.search_mirror m ON m.package_id = id`,
    [ids],
  );
  const versions = await indexed();
  const different = rows.filter(
    ({ package_id, version, waiting }) => !waiting && version !== (versions.get(package_id) ?? null),
  );
  const highest = Math.max(0, ...different.map(({ package_id }) => versions.get(package_id) ?? 0));
  return { ids: different.map(({ package_id }) => package_id), highest };
}

/** As they are, refreshed or not. */
async function versionsOf(client: Client, index: string, ids: string[]): Promise<Map<string, number>> {
  const { body } = await client.mget({ index, body: { ids }, _source: false });
  const found = body.docs as { _id: string; found?: boolean; _version?: number }[];
  return new Map(found.filter((one) => one.found).map((one) => [one._id, one._version!]));
}

async function withoutDocument(sql: Sql, ids: string[]): Promise<string[]> {
  const rows = await sql.prepared<{ package_id: string }>(
    'mirror_strays',
    `SELECT id AS package_id FROM unnest($1::text[]) AS id
     WHERE NOT EXISTS (SELECT FROM portolan.search_document d WHERE d.package_id = id)`,
    [ids],
  );
  return rows.map((row) => row.package_id);
}

/** Ids of all documents that searches of the index find, whatever they hold. */
async function* indexedIds(client: Client, index: string): AsyncGenerator<string[]> {
  const first = await client.search({
    index,
    scroll: '1m',
    size: listed,
    body: { _source: false, sort: ['_doc'] },
  } as never);
  let { hits, _scroll_id: scroll } = (first as { body: ScrollPage }).body;
  try {
    while (hits.hits.length > 0) {
      yield hits.hits.map(({ _id }) => _id);
      const next = await client.scroll({ body: { scroll_id: scroll, scroll: '1m' } } as never);
      ({ hits, _scroll_id: scroll } = (next as { body: ScrollPage }).body);
    }
  } finally {
    await client.clearScroll({ body: { scroll_id: [scroll] } } as never).catch(() => undefined);
  }
}

interface ScrollPage {
  _scroll_id: string;
  hits: { hits: { _id: string }[] };
}
