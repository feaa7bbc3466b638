import type { Sql } from '@portolan/db';
import { originalUrls } from '../object/original_url.ts';
import { findSource } from '../source/source.repo.ts';

/** One link of the chain from a source's record to what is found in searches. */
export interface Link {
  link: 'source record' | 'harvest object' | 'dataset' | 'index document';
  /** What is wrong with it; null when it holds. */
  broken: string | null;
  id: string | null;
  time: string | null;
  /** SHA-256 of its text, where it has one. */
  hash: string | null;
  reason: string | null;
  url?: string | null;
}

export interface Trace {
  dataset: string;
  links: Link[];
  /** The first link that does not hold. */
  broken: Link['link'] | null;
}

interface Row {
  id: string;
  name: string;
  state: string | null;
  modified: string | null;
  object_id: string | null;
  guid: string | null;
  source_id: string | null;
  gathered: string | null;
  imported: string | null;
  object_state: string | null;
  report_status: string | null;
  content_hash: string | null;
  reason: string | null;
  indexed: string | null;
  document_hash: string | null;
  waits: string | null;
}

/** Where a dataset comes from and how far it has come, link by link; one that was made here begins with itself. */
export async function traceDataset(sql: Sql, id: string): Promise<Trace | undefined> {
  const [row] = await sql.rows<Row>(
    `SELECT p.id, p.name, p.state, p.metadata_modified AS modified, o.id AS object_id, o.guid,
            o.harvest_source_id AS source_id, o.gathered, o.import_finished AS imported, o.state AS object_state,
            o.report_status, encode(sha256(convert_to(portolan.harvest_content(o.id), 'UTF8')), 'hex') AS content_hash,
            t.reason, to_timestamp(s.metadata_modified / 1000.0)::text AS indexed,
            encode(sha256(convert_to(d.document, 'UTF8')), 'hex') AS document_hash,
            (SELECT min(created)::text FROM portolan.outbox WHERE key = p.id) AS waits
     FROM package p
     LEFT JOIN LATERAL (SELECT * FROM harvest_object WHERE package_id = p.id
                        ORDER BY current DESC NULLS LAST, gathered DESC LIMIT 1) AS o ON true
     LEFT JOIN portolan.harvest_object_state t ON t.object_id = o.id
     LEFT JOIN portolan.search_document s ON s.package_id = p.id
     LEFT JOIN portolan.dataset_document d ON d.package_id = p.id
     WHERE p.id = $1`,
    [id],
  );
  if (!row) return undefined;
  const harvested = row.object_id === null ? [] : [await sourceLink(sql, row), objectLink(row)];
  const links = [...harvested, datasetLink(row), indexLink(row)];
  return { dataset: row.name, links, broken: links.find(({ broken }) => broken !== null)?.link ?? null };
}

async function sourceLink(sql: Sql, row: Row): Promise<Link> {
  const source = row.source_id === null ? undefined : await findSource(sql, row.source_id);
  const object = { id: row.object_id ?? '', guid: row.guid ?? '', package_id: row.id };
  const urls = await originalUrls(sql, source, [object]);
  const address = urls.get(object.id) ?? source?.url;
  const broken = !source ? 'the source is gone' : source.active ? null : 'the source is switched off';
  return {
    link: 'source record',
    broken,
    id: row.guid,
    time: row.gathered,
    hash: row.content_hash,
    reason: source ? `listed by ${source.name ?? source.id}` : null,
    url: address ?? null,
  };
}

const objectLink = (row: Row): Link => ({
  link: 'harvest object',
  broken: row.object_state === 'COMPLETE' ? null : `its state is ${row.object_state}`,
  id: row.object_id,
  time: row.imported,
  hash: row.content_hash,
  reason: row.reason ?? row.report_status,
});

const datasetLink = (row: Row): Link => ({
  link: 'dataset',
  broken: row.state === 'active' ? null : `its state is ${row.state}`,
  id: row.id,
  time: row.modified,
  hash: row.document_hash,
  reason: row.report_status,
});

const indexLink = (row: Row): Link => ({
  link: 'index document',
  broken:
    row.waits !== null
      ? `a change waits to be indexed since ${row.waits}`
      : row.indexed === null
        ? 'not in the index'
        : null,
  id: row.id,
  time: row.indexed,
  hash: row.document_hash,
  reason: null,
});
