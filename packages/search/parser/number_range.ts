import { existsNode } from '../ast/exists_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { type Bound, numberRangeNode } from '../ast/range_node.ts';

/**
 * Documents with a number between the bounds, which may be endless or NaN: to Java that is above all others. No field
 * holds such a value, so an engine needs to know of none.
 */
export function numbersBetween(
  field: string,
  lower: Bound<number> | undefined,
  upper: Bound<number> | undefined,
): QueryNode {
  const isAboveAll = (value: number) => Number.isNaN(value) || value === Infinity;
  if ((lower && isAboveAll(lower.value)) || upper?.value === -Infinity) return nothing;
  const least = lower?.value === -Infinity ? undefined : lower;
  const most = upper && isAboveAll(upper.value) ? undefined : upper;
  return least || most ? numberRangeNode(field, least, most) : existsNode(field);
}
