import { type FieldTerms, termsOf } from '../../analysis/field_terms.ts';
import type { IndexDocument } from '../../document/index_document.ts';
import { fieldOf } from '../../schema/field_type.ts';
import type { Terms } from './known_terms.ts';
import { lengthStep } from './length_norm.ts';
import { frequencyKeys, indexKey } from './lexeme.ts';
import type { Row } from './row_columns.ts';
import { vectorBytes } from './vector_bytes.ts';
import { pairLexemes } from './word_pairs.ts';

/** A row of `portolan.search_document`, and the terms it brings. */
export interface DocumentRow {
  row: Row;
  terms: Terms;
  totals: Record<string, number>;
}

/** A vector holds at most a megabyte. What a huge document loses are the last words of its longest fields. */
const mostVectorBytes = 700_000;

/** Lists of text longer than this are found by their first values only. */
const mostExactValues = 5000;

/** Bytes; longer terms are no words, and nobody finds them by a wildcard. */
const longestLearnt = 1000;

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

export function documentRow({ packageId, labels, fields }: IndexDocument): DocumentRow {
  const row: Row = { package_id: packageId, labels, fields };
  for (const name of singles) row[name] = fields[name]?.[0] ?? null;
  for (const name of lists) row[name] = [...new Set(fields[name] ?? [])];
  for (const name of extents) row[name] = fields[name] ? Number(fields[name][0]) : null;
  for (const name of columnDates) row[name] = fields[name] ? Date.parse(fields[name][0]!) : null;
  const totals: Record<string, number> = {};
  row['numbers'] = numbersOf(fields);
  const exact = exactKeys(fields, totals);
  const terms = textColumns(fields, row, totals);
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

function textColumns(fields: Record<string, string[]>, row: Row, totals: Record<string, number>): Terms {
  const lengths: Record<string, number> = {};
  const vector: [string, number[]][] = [];
  const terms = new Map<string, string[]>();
  let bytes = 0;
  const analysedFields = termsOf(fields);
  for (const [field, analysed] of [...analysedFields].sort(([, a], [, b]) => a.total - b.total)) {
    lengths[field] = lengthStep(analysed.length);
    totals[field] = analysed.total;
    const learnt: string[] = [];
    terms.set(field, learnt);
    for (const [term, positions] of analysed.positions) {
      const key = indexKey(field, term);
      bytes += Buffer.byteLength(key) + Math.min(positions.length, 255) * 2 + 8;
      if (bytes > mostVectorBytes) break;
      vector.push([key, positions]);
      for (const more of frequencyKeys(key, positions.length)) vector.push([more, []]);
      if (Buffer.byteLength(term) <= longestLearnt) learnt.push(term);
    }
  }
  row['lengths'] = lengths;
  for (const field of ['title', 'notes', 'text']) row[`length_${field}`] = lengths[field] ?? null;
  row['terms'] = vectorBytes([...vector, ...pairsWithin(mostVectorBytes - bytes, analysedFields)]);
  return terms;
}

/** All pairs of neighbours, or none: a document without them is looked at itself. */
function pairsWithin(bytes: number, fields: ReadonlyMap<string, FieldTerms>): [string, number[]][] {
  if (bytes <= 0) return [];
  const lexemes = [...pairLexemes(fields)];
  const needed = lexemes.reduce((sum, { length }) => sum + length + 8, 0);
  return needed > bytes ? [] : lexemes.map((lexeme) => [lexeme, []]);
}
