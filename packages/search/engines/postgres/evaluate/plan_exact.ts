import { Bits } from '../column/bits.ts';
import { valueColumn } from '../column/column_spec.ts';
import { exactSource } from '../leaf_source.ts';
import { leafNumber, needing, type Planning } from '../planning.ts';
import type { Plan } from './match.ts';
import { listed, matching } from './matching.ts';

/** Documents with any of the values in an exact field. */
export function planExact(field: string, values: readonly string[], planning: Planning): Plan {
  const spec = valueColumn(field);
  if (!spec) return listed(leafNumber(planning, exactSource(field, values, planning.parameters)));
  const column = needing(planning, spec);
  return function* (run) {
    const coded = run.columns.get(column);
    const marked = new Uint8Array(coded.values.length);
    let isThere = false;
    for (const value of values) {
      const code = coded.codeOf(value);
      if (code === undefined) continue;
      marked[code] = 1;
      isThere = true;
    }
    if (!isThere) return { bits: new Bits(run.columns.size), scores: undefined };
    return yield* matching(run, (slot) => coded.hasAny(slot, marked));
  };
}
