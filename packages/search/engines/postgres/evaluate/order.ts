import type { SortItem } from '../../../query/sort.ts';
import { byCodePoint } from '../../../vocabulary/code_points.ts';
import { type ColumnSpec, sortColumn } from '../column/column_spec.ts';
import type { DocumentColumns } from '../column/document_columns.ts';
import type { NumberColumn } from '../column/number_column.ts';
import type { TextColumn } from '../column/text_column.ts';
import { needing, type Planning } from '../planning.ts';

/** Negative where the document at slot `a` comes before that at `b`. */
export type Order = (a: number, b: number) => number;

/** An order of documents, ready to be used. */
export interface PlannedOrder {
  key: string;
  /** Whether scores have a part in it: without, it is the same for all searches. */
  byScore: boolean;
  /** What is compared, as it is in memory now. */
  columnsIn(columns: DocumentColumns): (NumberColumn | TextColumn)[];
  in(columns: DocumentColumns, scores?: Float64Array): Order;
}

/**
 * The order of a search. Texts compare by code point, documents without a value come last either way; dates and
 * numbers count as 0 where missing; what is equal otherwise comes as it was indexed first.
 */
export function planOrder(items: readonly SortItem[], planning: Planning): PlannedOrder {
  const specs: ColumnSpec<NumberColumn | TextColumn>[] = [];
  const keys = items.map(({ by, descending }) => {
    if (by === 'score')
      return (_: DocumentColumns, scores: Float64Array | undefined) => byScore(scores, descending);
    const spec = needing(planning, sortColumn(by, descending)) as ColumnSpec<NumberColumn | TextColumn>;
    specs.push(spec);
    return (columns: DocumentColumns) => byColumn(columns.get(spec), descending);
  });
  return {
    key: JSON.stringify(['order', items]),
    byScore: items.some(({ by }) => by === 'score'),
    columnsIn: (columns) => specs.map((spec) => columns.get(spec)),
    in: (columns, scores) => {
      const { numbers } = columns;
      return [
        ...keys.flatMap((key) => key(columns, scores) ?? []),
        (a: number, b: number) => numbers[a]! - numbers[b]!,
      ].reduceRight((rest, order) => (a, b) => order(a, b) || rest(a, b));
    },
  };
}

function byScore(scores: Float64Array | undefined, descending: boolean): Order {
  if (!scores) return () => 0;
  return descending ? (a, b) => scores[b]! - scores[a]! : (a, b) => scores[a]! - scores[b]!;
}

function byColumn(column: NumberColumn | TextColumn, descending: boolean): Order | undefined {
  // One that nobody has is not asked at every comparison.
  if (column.kind === 'text' && column.isEmpty) return undefined;
  if (column.kind === 'text') return (a, b) => byText(column.get(a), column.get(b), descending);
  const of = (slot: number) => column.get(slot) || 0;
  return descending ? (a, b) => of(b) - of(a) : (a, b) => of(a) - of(b);
}

function byText(a: string | undefined, b: string | undefined, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return descending ? byCodePoint(b, a) : byCodePoint(a, b);
}
