import { arrayText, textArray } from '@portolan/db';
import { vectorArray } from './vector_bytes.ts';

type ColumnType = 'text' | 'text[]' | 'bigint' | 'integer' | 'double precision' | 'jsonb' | 'tsvector';

/** A document's columns before they are sent: lists and objects as they are, vectors in their binary form. */
export type Row = Record<string, unknown>;

const typeOf = (column: string): ColumnType => {
  if (/^(tags|groups|res_format|labels|exact)$/.test(column)) return 'text[]';
  if (/^metadata_/.test(column)) return 'bigint';
  if (/^length_/.test(column)) return 'integer';
  if (/^(min|max)[xy]$/.test(column)) return 'double precision';
  if (/^(lengths|totals|numbers|fields)$/.test(column)) return 'jsonb';
  return column === 'terms' ? 'tsvector' : 'text';
};

const named = (names: string) => names.split(/\s+/);

/** What is written of a document; its number is the table's own. */
export const documentColumns =
  named(`package_id name title_string organization owner_org license_id dataset_type
  state capacity metadata_created metadata_modified tags groups res_format labels minx miny maxx maxy
  lengths length_title length_notes length_text totals numbers fields`);

/** What it is found by, in `portolan.search_posting`. */
export const postingColumns = named('terms exact');

const columns = [...documentColumns, ...postingColumns];
const columnTypes = new Map(columns.map((column) => [column, typeOf(column)]));

/** An array holds texts where lists and objects go with a cast from there. */
const sentAs = (type: ColumnType): ColumnType => (type === 'text[]' || type === 'jsonb' ? 'text' : type);

const parameterOf = (column: string) =>
  `$${columns.indexOf(column) + 1}::${sentAs(columnTypes.get(column)!)}[]`;

/** SQL: these columns of the rows that are sent, as a table of that name. */
export const sentRows = (some: readonly string[], name: string): string =>
  `unnest(${some.map(parameterOf).join(', ')}) AS ${name}(${some.join(', ')})`;

/** SQL: the values of these columns. */
export const sentValues = (some: readonly string[], name: string): string =>
  some.map((column) => `${name}.${column}::${columnTypes.get(column)}`).join(', ');

/** The parameters: column by column, so that nothing has to be parsed twice. */
export function rowParameters(rows: readonly Row[]): unknown[] {
  return columns.map((column) => {
    const values = rows.map((row) => row[column]);
    switch (columnTypes.get(column)!) {
      case 'text':
        return textArray(values as (string | null)[]);
      case 'text[]':
        return textArray((values as string[][]).map(arrayText));
      case 'jsonb':
        return textArray(values.map((value) => JSON.stringify(value)));
      case 'tsvector':
        return vectorArray(values as Uint8Array[]);
      default:
        // Numbers; what is none is not known.
        return values.map((value) => (Number.isFinite(value) ? value : null));
    }
  });
}
