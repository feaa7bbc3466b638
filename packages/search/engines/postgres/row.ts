import { type FieldTerms, termsOf } from '../../analysis/field_terms.ts';
import type { IndexDocument } from '../../document/index_document.ts';
import { fieldOf } from '../../schema/field_type.ts';
import { lengthStep } from './length_norm.ts';
import { frequencyEndingsOf, indexKey } from './lexeme.ts';
import type { Row } from './row_columns.ts';
import type { Term, TermTable } from './term_table.ts';
import { VectorWriter } from './vector_bytes.ts';
import { pairLexemes } from './word_pairs.ts';

/** A row of `portolan.search_document`, and the terms it brings. */
export interface DocumentRow {
  row: Row;
  terms: Term[];
  totals: Record<string, number>;
}

/** A vector holds at most a megabyte. What a huge document loses are the last words of its longest fields. */
const mostVectorBytes = 700_000;

/** Lists of text longer than this are found by their first values only. */
const mostExactValues = 5000;

const singles = [
  'name',
  'title_string',
  'organization',
  'owner_org',
  'license_id',
  'dataset_type',
  'state',
  'capacity',
];
const lists = ['tags', 'groups', 'res_format'];
const extents = ['minx', 'miny', 'maxx', 'maxy'];
const columnDates = ['metadata_created', 'metadata_modified'];

export function documentRow({ packageId, labels, fields }: IndexDocument, table: TermTable): DocumentRow {
  const row: Row = { package_id: packageId, labels, fields };
  for (const name of singles) row[name] = fields[name]?.[0] ?? null;
  for (const name of lists) row[name] = [...new Set(fields[name] ?? [])];
  for (const name of extents) row[name] = fields[name] ? Number(fields[name][0]) : null;
  for (const name of columnDates) row[name] = fields[name] ? Date.parse(fields[name][0]!) : null;
  const totals: Record<string, number> = {};
  row['numbers'] = numbersOf(fields);
  const exact = exactKeys(fields, totals);
  const terms = textColumns(fields, row, totals, table);
  const copies = Object.keys(row['lengths'] as object).filter((name) => !Object.hasOwn(fields, name));
  row['exact'] = [...exact, ...copies];
  row['totals'] = totals;
  return { row, terms, totals };
}

function exactKeys(fields: Record<string, string[]>, totals: Record<string, number>): string[] {
  const keys: string[] = [];
  for (const [name, values] of Object.entries(fields)) {
    keys.push(name);
    if (fieldOf(name).type !== 'string') continue;
    const distinct = [...new Set(values)];
    totals[name] = distinct.length;
    for (const value of distinct.slice(0, mostExactValues)) keys.push(indexKey(name, value));
  }
  return keys;
}

function numbersOf(fields: Record<string, string[]>): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, values] of Object.entries(fields)) {
    const { type } = fieldOf(name);
    if (type === 'date') numbers[name] = Date.parse(values[0]!);
    else if (type === 'int' || type === 'float') numbers[name] = Number(values[0]);
  }
  return numbers;
}

const writer = new VectorWriter();

function textColumns(
  fields: Record<string, string[]>,
  row: Record<string, unknown>,
  totals: Record<string, number>,
  table: TermTable,
): Term[] {
  const lengths: Record<string, number> = {};
  const words: Term[] = [];
  let bytes = 0;
  writer.begin();
  const analysedFields = termsOf(fields);
  for (const [field, analysed] of [...analysedFields].sort(([, a], [, b]) => a.total - b.total)) {
    lengths[field] = lengthStep(analysed.length);
    // BM25 knows no documents whose field came to no term.
    if (analysed.total > 0) totals[field] = analysed.total;
    const termOf = table.of(field);
    for (const [text, positions] of analysed.positions) {
      const term = termOf(text);
      bytes += term.bytes + Math.min(positions.length, 255) * 2 + 8;
      if (bytes > mostVectorBytes) break;
      writer.add(term.key, positions);
      for (const ending of frequencyEndingsOf(positions.length)) writer.add(term.key, [], ending);
      if (term.isWord) words.push(term);
    }
  }
  row['lengths'] = lengths;
  for (const field of ['title', 'notes', 'text']) row[`length_${field}`] = lengths[field] ?? null;
  for (const pair of pairsWithin(mostVectorBytes - bytes, analysedFields)) writer.add(pair);
  row['terms'] = writer.vector;
  return words;
}

/** All pairs of neighbours, or none: a document without them is looked at itself. */
function pairsWithin(bytes: number, fields: ReadonlyMap<string, FieldTerms>): Iterable<string> {
  if (bytes <= 0) return [];
  const lexemes = pairLexemes(fields);
  let needed = 0;
  for (const { length } of lexemes) needed += length + 8;
  return needed > bytes ? [] : lexemes;
}
