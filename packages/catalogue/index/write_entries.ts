import { arrayText, lockNames, type Tx, textArray } from '@portolan/db';
import { buildIndexDocument, type WrittenEntries } from '@portolan/search';
import type { Site } from '../action/call.ts';
import { datasetLabels } from '../authorisation/labels.ts';
import { datasetType } from '../dataset/dataset_types.ts';
import { loadHashedDatasets, type StoredDataset } from '../dataset/load.ts';
import { type DatasetDict, presentDataset, presentRows } from '../dataset/presenter.ts';
import { asciiJson } from './ascii_json.ts';
import { documentEtag, documentForm, entryForm } from './document_form.ts';

interface Entry {
  /** Of the rows. */
  hash: string;
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
  const entries = (await loadHashedDatasets(tx, ids)).map(({ stored, hash }) => ({
    stored,
    hash,
    dataset: presentDataset(stored, site.config),
    labels: datasetLabels(stored, site.config.allowCollaborators),
  }));
  const { checksums, form } = await writeSearch(site, tx, entries, ids);
  const marks = { checksums, entryForm: entryForm(site.config, form) };
  await writeDocuments(site, tx, entries, marks, ids);
}

/** What is compared later: by dataset the checksum of the index entry, and what made it. */
interface Marks {
  checksums: Map<string, string>;
  entryForm: string;
}

async function writeDocuments(
  site: Site,
  tx: Tx,
  entries: Entry[],
  marks: Marks,
  ids: string[],
): Promise<void> {
  const form = documentForm(site.config);
  const documents = entries.map(({ dataset, labels, hash }) => ({
    id: dataset.id,
    hash,
    document: asciiJson(dataset),
    labels,
  }));
  const by = <Value>(value: (one: (typeof documents)[number]) => Value) => documents.map(value);
  await tx.prepared(
    'write_documents',
    `INSERT INTO portolan.dataset_document (package_id, form, entry_form, document, labels, etag, rows_hash, index_checksum)
     SELECT id, $1, $8, document, labels::text[], etag, rows_hash, checksum
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
       AS d(id, document, labels, etag, rows_hash, checksum)
     ON CONFLICT (package_id) DO UPDATE
       SET form = $1, entry_form = $8, document = excluded.document, labels = excluded.labels, etag = excluded.etag,
         rows_hash = excluded.rows_hash, index_checksum = excluded.index_checksum`,
    [
      form,
      by(({ id }) => id),
      textArray(by(({ document }) => document)),
      textArray(by(({ labels }) => arrayText(labels))),
      by(({ document }) => documentEtag(form, document)),
      by(({ hash }) => hash),
      by(({ id }) => marks.checksums.get(id) ?? null),
      marks.entryForm,
    ],
  );
  const purged = without(
    ids,
    documents.map(({ id }) => id),
  );
  if (purged.length > 0)
    await tx.rows('DELETE FROM portolan.dataset_document WHERE package_id = ANY($1)', [purged]);
}

/** What does not belong into the search (any more) leaves it. */
async function writeSearch(site: Site, tx: Tx, entries: Entry[], ids: string[]): Promise<WrittenEntries> {
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
  const written = await site.search.write(tx, found);
  const gone = without(
    ids,
    found.map(({ packageId }) => packageId),
  );
  if (gone.length > 0) await site.search.remove(tx, gone);
  return written;
}

/**
 * Fields of a type, and of data.gov.uk's, are found like the extras that they are stored as, and formats as they are
 * stored.
 */
function indexed(site: Site, entry: Entry): DatasetDict {
  const shown = indexedFields(site, entry);
  const formats = new Map(entry.stored.resources.map(({ id, format }) => [id, format]));
  return {
    ...shown,
    resources: shown.resources.map((resource) => ({ ...resource, format: formats.get(resource.id) })),
  };
}

function indexedFields({ config }: Site, { stored, dataset }: Entry): DatasetDict {
  const type = datasetType(stored.type);
  if (type) return presentRows(type.indexed(stored), config);
  return config.profile === 'datagovuk' ? presentRows(stored, config) : dataset;
}

function without(ids: string[], some: string[]): string[] {
  const left = new Set(some);
  return ids.filter((id) => !left.has(id));
}
