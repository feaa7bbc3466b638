import type { Sql } from '@portolan/db';
import type { Site } from '../action/call.ts';
import { datasetLabels } from '../authorisation/labels.ts';
import { asciiJson } from '../index/ascii_json.ts';
import { documentEtag, documentForm } from '../index/document_form.ts';
import { loadDataset } from './load.ts';
import { presentDataset } from './presenter.ts';

export interface DatasetDocument {
  id: string;
  type: string | null;
  /** JSON text in the shape of package_show; nothing when the caller has it already. */
  text: string | undefined;
  /** Strong validator of the text. */
  etag: string;
  labels: string[];
}

/**
 * A dataset's JSON by id or name. The stored text is used when no change waits in the outbox, which one statement
 * sees in one snapshot; else the rows are read, so nobody ever gets a text older than its rows.
 * @param held validators of texts that the caller has: theirs is not read again
 */
export async function readDocument(
  site: Site,
  sql: Sql,
  reference: string,
  held: readonly string[] = [],
): Promise<DatasetDocument | undefined> {
  const form = documentForm(site.config);
  const rows = await sql.prepared<{
    id: string;
    type: string | null;
    text: string | null;
    etag: string | null;
    labels: string[] | null;
  }>(
    'read_document',
    `SELECT p.id, p.type, CASE WHEN d.etag = ANY($3) THEN NULL ELSE d.document END AS text, d.etag, d.labels
     FROM package p
     LEFT JOIN portolan.dataset_document d ON d.package_id = p.id AND d.form = $2
       AND NOT EXISTS (SELECT FROM portolan.outbox o WHERE o.key = p.id)
     WHERE p.id = $1 OR p.name = $1 ORDER BY p.id = $1 DESC LIMIT 1`,
    [reference, form, held],
  );
  const row = rows[0];
  if (!row) return undefined;
  const { id, type } = row;
  if (row.etag !== null && row.labels !== null)
    return { id, type, text: row.text ?? undefined, etag: row.etag, labels: row.labels };
  const stored = await loadDataset(sql, id);
  if (!stored) return undefined;
  const text = asciiJson(presentDataset(stored, site.config));
  const etag = documentEtag(form, text);
  return {
    id,
    type,
    text: held.includes(etag) ? undefined : text,
    etag,
    labels: datasetLabels(stored, site.config.allowCollaborators),
  };
}
