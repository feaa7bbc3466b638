import { analyseForIndex } from '../../../analysis/analyser.ts';
import { lowerCase } from '../../../analysis/lower_case.ts';
import { fieldOf } from '../../../schema/field_type.ts';
import { columnOf } from '../columns.ts';
import { frequencyMark, indexKey } from '../lexeme.ts';
import type { Parameters } from '../parameters.ts';
import { CodedColumn } from './coded_column.ts';
import { NumberColumn } from './number_column.ts';
import { TextColumn } from './text_column.ts';

/** How a column is read from the index: `sql` is an expression over a row `d`. */
export interface ColumnSpec<Column = CodedColumn | NumberColumn | TextColumn> {
  /** Tells columns apart; two of one key hold the same. */
  key: string;
  /** Only documents that have this field have anything in the column; absent, all may. */
  field?: string;
  create: () => Column;
  sql(parameters: Parameters): string;
  /** Puts what the expression gave into the column. */
  put(column: Column, slot: number, cell: unknown): void;
}

type Texts = string[] | string | null;
const listOf = (cell: Texts): string[] =>
  cell === null ? [] : Array.isArray(cell) ? cell.filter((one) => one !== null) : [cell];

const coded = (
  key: string,
  sql: ColumnSpec['sql'],
  read: (values: string[]) => string[] = (values) => values,
  field?: string,
): ColumnSpec<CodedColumn> => ({
  key,
  ...(field === undefined ? {} : { field }),
  create: () => new CodedColumn(),
  sql,
  put: (column, slot, cell) => column.set(slot, read(listOf(cell as Texts))),
});

/** Exact values of a field that has a column of its own in the index. */
export function valueColumn(field: string): ColumnSpec<CodedColumn> | undefined {
  const own = columnOf(field);
  if (!own || own.kind === 'number' || own.unique) return undefined;
  return coded(`values ${field}`, () => own.sql);
}

/** What a facet of the field counts: values, or the terms of a text field. */
export function facetColumn(field: string): ColumnSpec<CodedColumn> {
  const own = columnOf(field);
  if (own && own.kind !== 'number') return coded(`values ${field}`, () => own.sql);
  const { type } = fieldOf(field);
  if (field === 'text' || field === 'urls')
    return coded(`facet ${field}`, (parameters) => termsOf(field, parameters));
  const stored = (parameters: Parameters) => `d.fields->${parameters.add(field, 'text')}`;
  const read = type === 'string' ? undefined : termsReader(type === 'text' ? 'text' : 'text_general');
  return coded(`facet ${field}`, stored, read, field);
}

/** Whole texts of a field of which each document has one, and hardly any two the same. */
export function wholeColumn(field: string): ColumnSpec<TextColumn> | undefined {
  if (fieldOf(field).type === 'text_ngram') return partedColumn(field);
  return columnOf(field)?.unique ? (sortColumn(field, false) as ColumnSpec<TextColumn>) : undefined;
}

/** The whole text, in lower case, of whose parts an `*_ngram` field consists. */
export const partedColumn = (field: string): ColumnSpec<TextColumn> =>
  inLowerCase(field === 'name_ngram' ? 'd.name' : 'd.title_string');

// The database's own lower case is another one, and by its collation one of ASCII only.
const inLowerCase = (sql: string): ColumnSpec<TextColumn> => ({
  key: `lower case of ${sql}`,
  create: () => new TextColumn(),
  sql: () => sql,
  put: (column, slot, cell) => column.set(slot, cell === null ? null : lowerCase(cell as string)),
});

// Gathered from other fields and not stored: its terms are read from the index itself.
function termsOf(field: string, parameters: Parameters): string {
  const prefix = parameters.add(indexKey(field, ''), 'text');
  const mark = parameters.add(frequencyMark, 'text');
  return `ARRAY(SELECT substr(lexeme, length(${prefix}) + 1) FROM unnest((SELECT terms FROM portolan.search_posting AS p WHERE p.number = d.number))
    WHERE starts_with(lexeme, ${prefix}) AND strpos(lexeme, ${mark}) = 0)`;
}

/** Values repeat from document to document far more often than not. */
const mostRemembered = 20_000;

function termsReader(type: 'text' | 'text_general'): (values: string[]) => string[] {
  const remembered = new Map<string, string[]>();
  const terms = (value: string) => {
    const known = remembered.get(value);
    if (known) return known;
    const found = analyseForIndex(value, type).map(({ term }) => term);
    if (remembered.size < mostRemembered && value.length < 100) remembered.set(value, found);
    return found;
  };
  return (values) => values.flatMap(terms);
}

const number = (key: string, sql: ColumnSpec['sql'], field?: string): ColumnSpec<NumberColumn> => ({
  key,
  ...(field === undefined ? {} : { field }),
  create: () => new NumberColumn(),
  sql,
  put: (column, slot, cell) => column.set(slot, cell as number | null),
});

/** A date or number that has a column of its own in the index. */
export function numberColumn(field: string): ColumnSpec<NumberColumn> | undefined {
  const own = columnOf(field);
  return own?.kind === 'number' ? number(`number ${field}`, () => own.sql) : undefined;
}

const withLengthColumn = new Set(['title', 'notes', 'text']);

/** Tokens of a text field, in the coarse steps in which BM25 counts them. */
export const lengthColumn = (field: string): ColumnSpec<NumberColumn> =>
  withLengthColumn.has(field)
    ? number(`length ${field}`, () => `d.length_${field}`)
    : number(
        `length ${field}`,
        (parameters) => `(d.lengths->>${parameters.add(field, 'text')})::integer`,
        field,
      );

/**
 * What documents are sorted by: a number (0 where missing), or a text of which a field with several values gives
 * its smallest (ascending) or largest one. Source: Solr's rules, spec/search 2.6.
 */
export function sortColumn(
  field: string,
  descending: boolean,
): ColumnSpec<NumberColumn> | ColumnSpec<TextColumn> {
  const { type } = fieldOf(field);
  const own = numberColumn(field);
  if (own) return own;
  if (type === 'date' || type === 'int' || type === 'float')
    return number(
      `number ${field}`,
      (parameters) => `(d.numbers->>${parameters.add(field, 'text')})::float8`,
      field,
    );
  if (field === 'title' || field === 'title_ngram') return partedColumn('title_ngram');
  const extreme = descending ? 'max' : 'min';
  const everywhere = columnOf(field) !== undefined;
  const text: ColumnSpec<TextColumn> = {
    key: `sort ${extreme} ${field}`,
    ...(everywhere ? {} : { field }),
    create: () => new TextColumn(),
    sql: (parameters) => sortText(field, extreme, parameters),
    put: (column, slot, cell) => column.set(slot, cell as string | null),
  };
  return text;
}

function sortText(field: string, extreme: string, parameters: Parameters): string {
  const own = columnOf(field);
  if (own?.kind === 'list') return `(SELECT ${extreme}(v COLLATE "C") FROM unnest(${own.sql}) AS v)`;
  if (own) return own.sql;
  const value = fieldOf(field).type === 'string' ? 'v' : 'lower(v)';
  return `(SELECT ${extreme}(${value} COLLATE "C") FROM jsonb_array_elements_text(d.fields->${parameters.add(field, 'text')}) AS v)`;
}
