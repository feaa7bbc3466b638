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
  const entries = (await loadDatasets(tx, ids)).map((stored) => ({
    stored,
    dataset: presentDataset(stored, site.config),
    labels: datasetLabels(stored, site.config.allowCollaborators),
  }));
  await writeDocuments(site, tx, entries, ids);
  await writeSearch(site, tx, entries, ids);
}

async function writeDocuments(site: Site, tx: Tx, entries: Entry[], ids: string[]): Promise<void> {
  const form = documentForm(site.config);
  const documents = entries.map(({ dataset, labels }) => {
    const document = asciiJson(dataset);
    return { id: dataset.id, document, labels, etag: documentEtag(form, document) };
  });
  await tx.prepared(
    'write_documents',
    `INSERT INTO portolan.dataset_document (package_id, form, document, labels, etag)
     SELECT id, $2, document, ARRAY(SELECT jsonb_array_elements_text(labels)), etag
     FROM jsonb_to_recordset($1::jsonb) AS d(id text, document text, labels jsonb, etag text)
     ON CONFLICT (package_id) DO UPDATE
       SET form = $2, document = excluded.document, labels = excluded.labels, etag = excluded.etag`,
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
async function writeSearch(site: Site, tx: Tx, entries: Entry[], ids: string[]): Promise<void> {
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
  await site.search.write(tx, found);
  const gone = without(
    ids,
    found.map(({ packageId }) => packageId),
  );
  if (gone.length > 0) await site.search.remove(tx, gone);
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
