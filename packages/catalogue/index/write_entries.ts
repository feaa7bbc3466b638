import { lockNames, type Tx } from '@portolan/db';
import { buildIndexDocument } from '@portolan/search';
import type { Site } from '../action/call.ts';
import { datasetLabels } from '../authorisation/labels.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import { loadDatasets, type StoredDataset } from '../dataset/load.ts';
import { type DatasetDict, presentDataset, presentRows } from '../dataset/presenter.ts';
import { asciiJson } from './ascii_json.ts';
import { documentEtag, documentForm } from './document_form.ts';

interface Entry {
  stored: StoredDataset;
  dataset: DatasetDict;
  labels: string[];
}

/**
 * Brings document and index entry of these datasets to the state of their rows. Takes a lock for each, so that of
 * two that index one dataset the later also reads the later rows.
 */
export async function writeEntries(site: Site, tx: Tx, ids: string[]): Promise<void> {
  await lockNames(tx, 'index', ids);
  // Before the rows themselves: of a change in between the reconciler learns, rather than nobody.
  const hashes = await rowHashes(tx, ids);
  const entries = (await loadDatasets(tx, ids)).map((stored) => ({
    stored,
    dataset: presentDataset(stored, site.config),
    labels: datasetLabels(stored, site.config.allowCollaborators),
  }));
  const checksums = await writeSearch(site, tx, entries, ids);
  await writeDocuments(site, tx, entries, { hashes, checksums }, ids);
}

/** What the reconciler compares with, by dataset: the rows a document is made of, and the index entry. */
interface Marks {
  hashes: Map<string, string>;
  checksums: Map<string, string>;
}

async function rowHashes(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  // As text: a number would lose its last digits.
  const rows = await tx.prepared<{ package_id: string; hash: string }>(
    'row_hashes',
    'SELECT package_id, hash::text AS hash FROM portolan.dataset_hash WHERE package_id = ANY ($1)',
    [ids],
  );
  return new Map(rows.map(({ package_id, hash }) => [package_id, hash]));
}

async function writeDocuments(
  site: Site,
  tx: Tx,
  entries: Entry[],
  marks: Marks,
  ids: string[],
): Promise<void> {
  const form = documentForm(site.config);
  const documents = entries.map(({ dataset, labels }) => {
    const document = asciiJson(dataset);
    const { id } = dataset;
    const rowsHash = marks.hashes.get(id) ?? null;
    const checksum = marks.checksums.get(id) ?? null;
    return { id, document, labels, etag: documentEtag(form, document), rows_hash: rowsHash, checksum };
  });
  await tx.prepared(
    'write_documents',
    `INSERT INTO portolan.dataset_document (package_id, form, document, labels, etag, rows_hash, index_checksum)
     SELECT id, $2, document, ARRAY(SELECT jsonb_array_elements_text(labels)), etag, rows_hash::bigint, checksum
     FROM jsonb_to_recordset($1::jsonb)
       AS d(id text, document text, labels jsonb, etag text, rows_hash text, checksum text)
     ON CONFLICT (package_id) DO UPDATE
       SET form = $2, document = excluded.document, labels = excluded.labels, etag = excluded.etag,
         rows_hash = excluded.rows_hash, index_checksum = excluded.index_checksum`,
    [JSON.stringify(documents), form],
  );
  const purged = without(
    ids,
    documents.map(({ id }) => id),
  );
  if (purged.length > 0)
    await tx.rows('DELETE FROM portolan.dataset_document WHERE package_id = ANY($1)', [purged]);
}

/** What does not belong into the search (any more) leaves it. */
async function writeSearch(
  site: Site,
  tx: Tx,
  entries: Entry[],
  ids: string[],
): Promise<Map<string, string>> {
  const { siteId, extraResourceFields } = site.config;
  const vocabularies = new Map<string, string>();
  for (const { vocabulary_id, vocabulary_name } of entries.flatMap(({ stored }) => stored.tags))
    if (vocabulary_id && vocabulary_name) vocabularies.set(vocabulary_id, vocabulary_name);
  const config = {
    siteId,
    extraResourceFields,
    vocabularies,
    removeDeleted: site.config.searchRemoveDeleted,
    now: site.runtime.now(),
  };
  const found = entries
    .map((entry) => buildIndexDocument(indexed(site, entry), entry.labels, config))
    .filter((document) => document !== undefined);
  const checksums = await site.search.write(tx, found);
  const gone = without(
    ids,
    found.map(({ packageId }) => packageId),
  );
  if (gone.length > 0) await site.search.remove(tx, gone);
  return checksums;
}

/** Fields of a type are found like the extras that they are stored as. */
function indexed(site: Site, { stored, dataset }: Entry): DatasetDict {
  const type = datasetType(stored.type);
  return type ? presentRows(type.indexed(stored), site.config) : dataset;
}

function without(ids: string[], some: string[]): string[] {
  const left = new Set(some);
  return ids.filter((id) => !left.has(id));
}
