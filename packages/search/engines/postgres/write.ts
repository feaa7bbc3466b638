import type { Sql, Tx } from '@portolan/db';
import type { IndexDocument } from '../../document/index_document.ts';
import type { WrittenEntries } from '../engine.ts';
import { type DocumentRow, documentRow } from './row.ts';
import {
  checksumsOf,
  documentChecksum,
  type EntryRow,
  entryChecksum,
  postingChecksum,
} from './row_checksum.ts';
import { documentColumns, postingColumns, rowParameters, sentRows, sentValues } from './row_columns.ts';
import { learnTerms, namedVocabulary, vocabularyName } from './search_term.repo.ts';
import type { TermTable } from './term_table.ts';

/** Raised whenever other rows are made of the same documents. */
export const rowBuilder = 5;

const formOf = (vocabulary: string) => `${rowBuilder} ${vocabulary}`;

/** What rows are made by now, and the vocabulary that their terms are in. */
export const currentForm = async (sql: Sql): Promise<string> => formOf(await vocabularyName(sql));

/** Large columns. One that stays what it is, is not written again. */
const outOfLine = new Set(['lengths', 'totals', 'numbers', 'fields']);
const unlessEqual = (column: string) =>
  `CASE WHEN search_document.${column} = excluded.${column} THEN search_document.${column} ELSE excluded.${column} END`;

// A document that is there keeps its number without drawing another: memory is laid out by them.
// An array carries a column of a batch of rows: no limit on parameters, and one plan whatever their number.
const upsert = `
  WITH document AS (
    INSERT INTO portolan.search_document (number, ${documentColumns.join(', ')})
    OVERRIDING SYSTEM VALUE
    SELECT coalesce(
        (SELECT number FROM portolan.search_document AS old WHERE old.package_id = r.package_id),
        nextval('portolan.search_document_number_seq')), ${sentValues(documentColumns, 'r')}
    FROM ${sentRows(documentColumns, 'r')}
    ORDER BY r.package_id
    ON CONFLICT (package_id) DO UPDATE
    SET ${documentColumns
      .slice(1)
      .map((column) => `${column} = ${outOfLine.has(column) ? unlessEqual(column) : `excluded.${column}`}`)
      .join(', ')}
    RETURNING number, package_id, ${documentChecksum('search_document')} AS checksum),
  posting AS (
    INSERT INTO portolan.search_posting AS old (number, ${postingColumns.join(', ')})
    SELECT number, ${sentValues(postingColumns, 'r')}
    FROM document JOIN ${sentRows(['package_id', ...postingColumns], 'r')} USING (package_id)
    ORDER BY number
    ON CONFLICT (number) DO UPDATE SET terms = excluded.terms, exact = excluded.exact
    WHERE old.terms <> excluded.terms OR old.exact <> excluded.exact)
  SELECT package_id, ${entryChecksum('checksum', postingChecksum('r'))} AS checksum
  FROM document JOIN ${sentRows(['package_id', ...postingColumns], 'r')} USING (package_id)`;

/** Replaces documents. Both statements take rows in one order, so that two writers never wait for each other in turn. */
export async function writeDocuments(
  tx: Tx,
  documents: IndexDocument[],
  table: TermTable,
): Promise<WrittenEntries> {
  const vocabulary = await namedVocabulary(tx);
  const form = formOf(vocabulary);
  if (documents.length === 0) return { checksums: new Map(), form };
  const latest = new Map(documents.map((document) => [document.packageId, document]));
  const rows = [...latest.values()].map((document) => documentRow(document, table));
  await forget(tx, [...latest.keys()]);
  const written = await tx.prepared<EntryRow>(
    'search_write',
    upsert,
    rowParameters(rows.map(({ row }) => row)),
  );
  const terms = rows.map(({ terms }) => terms);
  // Whoever brings one of these terms too waits from here until the commit.
  tx.beforeCommit(() => learnTerms(tx, vocabulary, terms));
  await count(tx, sumOf(rows));
  return { checksums: checksumsOf(written), form };
}

export async function removeDocuments(tx: Tx, packageIds: string[]): Promise<void> {
  if (packageIds.length === 0) return;
  await forget(tx, packageIds);
  await tx.rows('DELETE FROM portolan.search_document WHERE package_id = ANY ($1)', [packageIds]);
}

/**
 * Deleting, unlike truncating, lets searches that run go on with what they see. Other writers wait, and are
 * asked for the tables in the order in which they take them. What terms there ever were stays known.
 */
export async function clearDocuments(tx: Tx): Promise<void> {
  await tx.rows('LOCK TABLE portolan.search_statistic, portolan.search_document IN SHARE ROW EXCLUSIVE MODE');
  await tx.rows('DELETE FROM portolan.search_document');
  await tx.rows('DELETE FROM portolan.search_statistic');
}

/** Says what truncating says: no list of changes is to be trusted. */
export async function reloadColumns(tx: Tx): Promise<void> {
  await tx.rows('INSERT INTO portolan.search_change (below) VALUES (pg_current_xact_id())');
}

// The rows stay locked until the end of the transaction: nobody else takes the same document off the sums.
const takeOff = `
  WITH old AS (
    SELECT totals FROM portolan.search_document WHERE package_id = ANY ($1) ORDER BY package_id FOR UPDATE
  )
  INSERT INTO portolan.search_statistic (field, documents, tokens)
  SELECT key, -count(*), -sum(value::text::bigint) FROM old, jsonb_each(totals) GROUP BY key`;

const forget = (tx: Tx, packageIds: string[]) => tx.prepared('search_take_off', takeOff, [packageIds]);

function sumOf(rows: DocumentRow[]): { field: string; documents: number; tokens: number }[] {
  const sums = new Map<string, { field: string; documents: number; tokens: number }>();
  for (const { totals } of rows)
    for (const [field, tokens] of Object.entries(totals)) {
      const sum = sums.get(field) ?? { field, documents: 0, tokens: 0 };
      sum.documents++;
      sum.tokens += tokens;
      sums.set(field, sum);
    }
  return [...sums.values()];
}

/** So many rows are added before somebody folds them: what a search has to sum up stays small. */
const foldEvery = 2000;

async function count(tx: Tx, sums: { field: string; documents: number; tokens: number }[]): Promise<void> {
  const [row] = await tx.prepared<{ first: number; last: number }>(
    'search_count',
    `WITH added AS (
       INSERT INTO portolan.search_statistic (field, documents, tokens)
       SELECT field, documents, tokens
       FROM jsonb_to_recordset($1::jsonb) AS s(field text, documents integer, tokens bigint)
       RETURNING id)
     SELECT min(id) AS first, max(id) AS last FROM added`,
    [JSON.stringify(sums)],
  );
  if (!row || Math.floor(row.first / foldEvery) === Math.floor(row.last / foldEvery)) return;
  await tx.rows(fold);
  await tx.rows(forgetChanges);
}

// Rows that another writer is folding are left to that writer.
const fold = `
  WITH folded AS (
    DELETE FROM portolan.search_statistic
    WHERE id IN (SELECT id FROM portolan.search_statistic ORDER BY id LIMIT 20000 FOR UPDATE SKIP LOCKED)
    RETURNING field, documents, tokens)
  INSERT INTO portolan.search_statistic (field, documents, tokens)
  SELECT field, sum(documents), sum(tokens) FROM folded GROUP BY field`;

// Who has not searched for so long reads its columns anew.
const forgetChanges = `
  WITH gone AS (
    DELETE FROM portolan.search_change
    WHERE ctid IN (SELECT ctid FROM portolan.search_change
      WHERE created < now() - interval '15 minutes' LIMIT 50000 FOR UPDATE SKIP LOCKED)
    RETURNING coalesce(below, txid) AS txid)
  INSERT INTO portolan.search_change (below) SELECT max(txid) FROM gone HAVING count(*) > 0`;
