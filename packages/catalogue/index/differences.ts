import { bucketOf } from '@portolan/db';
import type { Site } from '../action/call.ts';
import { documentForm, entryForm } from './document_form.ts';
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
  /** Buckets with a dataset that differs, or of which that is not certain. */
  unsettled: number[];
}

interface ComparedRow {
  id: string;
  rows_differ: boolean;
  document_differs: boolean;
  entry_is_old: boolean;
  index_checksum: string | null;
  pending: boolean;
}

// One snapshot: what changes the rows also writes the outbox. The document's own text is checked by its ETag.
const comparison = `
  SELECT p.id, d.package_id IS NULL OR d.rows_hash IS DISTINCT FROM h.hash AS rows_differ,
    d.form IS DISTINCT FROM $2 OR d.etag IS DISTINCT FROM
      left(translate(encode(sha256(convert_to(d.form || d.document, 'UTF8')), 'base64'), '+/', '-_'), 27)
      AS document_differs,
    d.entry_form IS DISTINCT FROM $3 AS entry_is_old,
    d.index_checksum, EXISTS (SELECT FROM portolan.outbox o WHERE o.key = p.id) AS pending
  FROM package p
  LEFT JOIN portolan.dataset_document d ON d.package_id = p.id
  LEFT JOIN (SELECT package_id, hash FROM portolan.dataset_hash WHERE package_id = ANY ($1)) h ON h.package_id = p.id
  WHERE p.id = ANY ($1)`;

/**
 * Compares rows, documents and index entries by checksums, then looks for what belongs to no dataset.
 * @param buckets the datasets that are compared; undefined: all
 */
export async function* compareIndex(site: Site, buckets?: number[]): AsyncGenerator<Comparison> {
  for (let after = ''; ; ) {
    const page = await site.db.rows<{ id: string; bucket: number }>(
      `SELECT id, ${bucketOf('id')} AS bucket FROM package
       WHERE id > $1 AND ($3::int[] IS NULL OR ${bucketOf('id')} = ANY ($3)) ORDER BY id LIMIT $2`,
      [after, datasetsPerStep, buckets ?? null],
    );
    if (page.length > 0) yield await compareStep(site, page);
    if (page.length < datasetsPerStep) break;
    after = page.at(-1)!.id;
  }
  yield { compared: 0, differences: await strayDocuments(site), unsettled: [] };
  for await (const ids of orphanedEntries(site))
    yield { compared: 0, differences: ids.map((id) => ({ id, rows: true })), unsettled: [] };
}

/** What differs is looked at twice: index and rows are read one after the other, and a write may come between. */
async function compareStep(site: Site, page: { id: string; bucket: number }[]): Promise<Comparison> {
  const first = await compareRows(
    site,
    page.map(({ id }) => id),
  );
  const unsure = new Set(first.filter(({ differs, pending }) => differs || pending).map(({ id }) => id));
  const differing = first.filter(({ differs, pending }) => differs && !pending).map(({ id }) => id);
  const second = differing.length > 0 ? await compareRows(site, differing) : [];
  return {
    compared: page.length,
    differences: second
      .filter(({ differs, pending }) => differs && !pending)
      .map(({ id, rows_differ }) => ({ id, rows: rows_differ })),
    unsettled: page.filter(({ id }) => unsure.has(id)).map(({ bucket }) => bucket),
  };
}

/** Those of these datasets that are not known to have the document and the index entry that would be made of them now. */
export async function outdatedAmong(site: Site, ids: string[]): Promise<Set<string>> {
  const outdated = new Set(ids);
  // Rows are not hashed for what is to be made anew in any case.
  const candidates = await site.db.prepared<{ id: string }>(
    'entries_of_form',
    `SELECT package_id AS id FROM portolan.dataset_document
     WHERE package_id = ANY ($1) AND form = $2 AND entry_form = $3`,
    [ids, ...(await formsOf(site))],
  );
  if (candidates.length === 0) return outdated;
  const compared = await compareRows(
    site,
    candidates.map(({ id }) => id),
  );
  for (const { id, differs, pending } of compared) if (!differs && !pending) outdated.delete(id);
  return outdated;
}

/** What documents and entries are made by now. */
export const formsOf = async (site: Site) => [
  documentForm(site.config),
  entryForm(site.config, await site.search.form(site.db)),
];

async function compareRows(site: Site, ids: string[]): Promise<(ComparedRow & { differs: boolean })[]> {
  const rows = await site.db.prepared<ComparedRow>('compare_index', comparison, [
    ids,
    ...(await formsOf(site)),
  ]);
  const entries = await site.search.entries(site.db, ids);
  return rows.map((row) => {
    const entryDiffers = row.entry_is_old || row.index_checksum !== (entries.get(row.id) ?? null);
    return { ...row, differs: row.rows_differ || row.document_differs || entryDiffers };
  });
}

async function strayDocuments(site: Site): Promise<Difference[]> {
  const rows = await site.db.rows<{ id: string }>(
    `SELECT d.package_id AS id FROM portolan.dataset_document d
     WHERE NOT EXISTS (SELECT FROM package p WHERE p.id = d.package_id)
       AND NOT EXISTS (SELECT FROM portolan.outbox o WHERE o.key = d.package_id) LIMIT 1000`,
  );
  return rows.map(({ id }) => ({ id, rows: true }));
}
