import type { SortItem } from '../../../query/sort.ts';
import { sortColumn } from '../column/column_spec.ts';
import { needing, type Planning } from '../planning.ts';
import { byCodePoint } from './code_points.ts';
import type { Match, Run } from './match.ts';

/** Negative where the document at slot `a` comes before that at `b`. */
export type Order = (a: number, b: number) => number;

/**
 * The order of a search. Texts compare by code point, documents without a value come last either way; dates and
 * numbers count as 0 where missing; what is equal otherwise comes as it was indexed first.
 */
export function planOrder(items: SortItem[], planning: Planning): (run: Run, match: Match) => Order {
  const keys = items.map(({ by, descending }) => {
    if (by === 'score')
      return (_run: Run, { scores }: Match): Order => {
        const of = (slot: number) => scores?.[slot] ?? 0;
        return descending ? (a, b) => of(b) - of(a) : (a, b) => of(a) - of(b);
      };
    const spec = needing(planning, sortColumn(by, descending));
    return ({ columns }: Run): Order => {
      const column = columns.get<ReturnType<typeof spec.create>>(spec as never);
      if (column.kind === 'number') {
        const of = (slot: number) => column.get(slot) || 0;
        return descending ? (a, b) => of(b) - of(a) : (a, b) => of(a) - of(b);
      }
      return (a, b) => byText(column.get(a), column.get(b), descending);
    };
  });
  return (run, match) => {
    const orders = keys.map((key) => key(run, match));
    const { numbers } = run.columns;
    return (a, b) => {
      for (const order of orders) {
        const difference = order(a, b);
        if (difference !== 0) return difference;
      }
      return numbers[a]! - numbers[b]!;
    };
  };
}

function byText(a: string | undefined, b: string | undefined, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return descending ? byCodePoint(b, a) : byCodePoint(a, b);
}
