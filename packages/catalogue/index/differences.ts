import type { Site } from '../action/call.ts';
import { documentForm } from './document_form.ts';
import { orphanedEntries } from './orphans.ts';

/** Datasets compared in one step. */
export const datasetsPerStep = 200;

export interface Difference {
  id: string;
  /** Whether the rows are not those that the document was made of; else document or index entry were altered. */
  rows: boolean;
}

/** What a step found. Datasets in the outbox are left out: the relay is at them. */
export interface Comparison {
  compared: number;
  differences: Difference[];
}

interface ComparedRow {
  id: string;
  rows_differ: boolean;
  document_differs: boolean;
  index_checksum: string | null;
  pending: boolean;
}

// One snapshot: what changes the rows also writes the outbox. The document's own text is checked by its ETag.
const comparison = `
  SELECT p.id, d.package_id IS NULL OR d.rows_hash IS DISTINCT FROM h.hash AS rows_differ,
    d.form IS DISTINCT FROM $2 OR d.etag IS DISTINCT FROM
      left(translate(encode(sha256(convert_to(d.form || d.document, 'UTF8')), 'base64'), '+/', '-_'), 27)
      AS document_differs,
    d.index_checksum, EXISTS (SELECT FROM portolan.outbox o WHERE o.key = p.id) AS pending
  FROM package p
  LEFT JOIN portolan.dataset_document d ON d.package_id = p.id
  LEFT JOIN (SELECT package_id, hash FROM portolan.dataset_hash WHERE package_id = ANY ($1)) h ON h.package_id = p.id
  WHERE p.id = ANY ($1)`;

/** Compares rows, documents and index entries of all datasets by checksums, then looks for what belongs to none. */
export async function* compareIndex(site: Site): AsyncGenerator<Comparison> {
  for (let after = ''; ; ) {
    const page = await site.db.rows<{ id: string }>(
      'SELECT id FROM package WHERE id > $1 ORDER BY id LIMIT $2',
      [after, datasetsPerStep],
    );
    const ids = page.map(({ id }) => id);
    if (ids.length > 0) yield { compared: ids.length, differences: await differencesAmong(site, ids) };
    if (ids.length < datasetsPerStep) break;
    after = ids.at(-1)!;
  }
  yield { compared: 0, differences: await strayDocuments(site) };
  for await (const ids of orphanedEntries(site))
    yield { compared: 0, differences: ids.map((id) => ({ id, rows: true })) };
}

/** Looked at twice: index and rows are read one after the other, and a write may come between. */
async function differencesAmong(site: Site, ids: string[]): Promise<Difference[]> {
  const first = await compareOnce(site, ids);
  if (first.length === 0) return first;
  return compareOnce(
    site,
    first.map(({ id }) => id),
  );
}

async function compareOnce(site: Site, ids: string[]): Promise<Difference[]> {
  const form = documentForm(site.config);
  const rows = await site.db.prepared<ComparedRow>('compare_index', comparison, [ids, form]);
  const entries = await site.search.entries(site.db, ids);
  return rows
    .filter(({ id, rows_differ, document_differs, index_checksum, pending }) => {
      const entry = entries.get(id) ?? null;
      return !pending && (rows_differ || document_differs || index_checksum !== entry);
    })
    .map(({ id, rows_differ }) => ({ id, rows: rows_differ }));
}

async function strayDocuments(site: Site): Promise<Difference[]> {
  const rows = await site.db.rows<{ id: string }>(
    `SELECT d.package_id AS id FROM portolan.dataset_document d
     WHERE NOT EXISTS (SELECT FROM package p WHERE p.id = d.package_id)
       AND NOT EXISTS (SELECT FROM portolan.outbox o WHERE o.key = d.package_id) LIMIT 1000`,
  );
  return rows.map(({ id }) => ({ id, rows: true }));
}
