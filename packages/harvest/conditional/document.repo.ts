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

export const asValidators = (row: { etag: string | null; last_modified: string | null }): Validators => ({
  ...(row.etag === null ? {} : { etag: row.etag }),
  ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
});

/** Remembers of which version the content of a record is. */
export async function saveDocument(
  sql: Sql,
  source: Source,
  record: { document: SeenDocument; guid: string; content: string },
): Promise<void> {
  const { url, validators } = record.document;
  await sql.prepared(
    'harvest_save_document',
    `INSERT INTO portolan.harvest_document (source_id, url, guid, content_hash, etag, last_modified, made_for)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (source_id, url) DO UPDATE SET guid = excluded.guid, content_hash = excluded.content_hash,
       etag = excluded.etag, last_modified = excluded.last_modified, made_for = excluded.made_for`,
    [
      source.id,
      url,
      record.guid.replaceAll('\0', ''),
      contentHash(record.content.replaceAll('\0', '')),
      validators.etag ?? null,
      validators.lastModified ?? null,
      madeFor(source),
    ],
  );
}
