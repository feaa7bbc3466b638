import type { Sql } from '@portolan/db';
import type { SeenDocument } from '../driver.ts';
import type { Source } from '../source/source.repo.ts';
import { contentHash } from '../text/deterministic_id.ts';
import { madeFor, type Validators } from './validators.rules.ts';

/**
 * The version of a document that the source's current record was made from.
 * @param guid of that record; without it the one that the document had when it was read
 */
export async function findDocument(
  sql: Sql,
  source: Source,
  url: string,
  guid: string | undefined,
): Promise<(Validators & { guid: string }) | undefined> {
  const [row] = await sql.prepared<{ guid: string; etag: string | null; last_modified: string | null }>(
    'harvest_find_document',
    `SELECT o.guid, d.etag, d.last_modified FROM portolan.harvest_document d
     JOIN harvest_object o ON o.guid = coalesce($4, d.guid) AND o.harvest_source_id = d.source_id AND o.current
     JOIN portolan.harvest_object_state t ON t.object_id = o.id AND t.content_hash = d.content_hash
     WHERE d.source_id = $1 AND d.url = $2 AND d.made_for = $3`,
    [source.id, url, madeFor(source), guid ?? null],
  );
  return row && { guid: row.guid, ...asValidators(row) };
}

/** The versions of a source's documents with these contents, by the contents' hashes and by address. */
export async function documentsOf(
  sql: Sql,
  source: Source,
  hashes: readonly string[],
): Promise<Map<string, Map<string, Validators>>> {
  if (hashes.length === 0) return new Map();
  const rows = await sql.prepared<{
    hash: string;
    url: string;
    etag: string | null;
    last_modified: string | null;
  }>(
    'harvest_documents_of',
    `SELECT content_hash AS hash, url, etag, last_modified FROM portolan.harvest_document
     WHERE source_id = $1 AND made_for = $2 AND content_hash = ANY ($3)`,
    [source.id, madeFor(source), hashes],
  );
  const byHash = Map.groupBy(rows, ({ hash }) => hash);
  return new Map(
    [...byHash].map(([hash, some]) => [hash, new Map(some.map((row) => [row.url, asValidators(row)]))]),
  );
}

export const asValidators = (row: { etag: string | null; last_modified: string | null }): Validators => ({
  ...(row.etag === null ? {} : { etag: row.etag }),
  ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
});

/** A record's content, and what it was read from. */
export interface ReadDocument {
  document: SeenDocument;
  guid: string;
  content: string;
}

/**
 * Remembers of which versions the contents of records are, in one statement that leaves alone what is known already.
 * @param source as it was when they were read
 */
export async function saveDocuments(
  sql: Sql,
  source: { id: string; madeFor: string },
  read: readonly ReadDocument[],
): Promise<void> {
  const byUrl = [...new Map(read.map((one) => [one.document.url, one])).values()];
  if (byUrl.length === 0) return;
  await sql.prepared(
    'harvest_save_documents',
    `INSERT INTO portolan.harvest_document AS d (source_id, url, guid, content_hash, etag, last_modified, made_for)
     SELECT $1, url, guid, content_hash, etag, last_modified, $2
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n(url, guid, content_hash, etag, last_modified)
     ON CONFLICT (source_id, url) DO UPDATE SET guid = excluded.guid, content_hash = excluded.content_hash,
       etag = excluded.etag, last_modified = excluded.last_modified, made_for = excluded.made_for
     WHERE (d.guid, d.content_hash, d.etag, d.last_modified, d.made_for) IS DISTINCT FROM
       (excluded.guid, excluded.content_hash, excluded.etag, excluded.last_modified, excluded.made_for)`,
    [
      source.id,
      source.madeFor,
      byUrl.map(({ document }) => document.url),
      byUrl.map(({ guid }) => guid.replaceAll('\0', '')),
      byUrl.map(({ content }) => contentHash(content.replaceAll('\0', ''))),
      byUrl.map(({ document }) => document.validators.etag ?? null),
      byUrl.map(({ document }) => document.validators.lastModified ?? null),
    ],
  );
}
