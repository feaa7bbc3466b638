import type { ColumnSpec } from './column/column_spec.ts';
import type { NearTerm } from './fuzzy_expansion.ts';
import type { Parameters } from './parameters.ts';

/** What planning a query gathers beside the plan: what has to be read before the plan can run. */
export interface Planning {
  parameters: Parameters;
  /** Look-ups in the index as queries that give (amount, numbers), by their text; the value is the leaf's number. */
  leaves: Map<string, number>;
  columns: Map<string, ColumnSpec>;
  /** Fields whose statistics scores need. */
  scoredFields: Set<string>;
  /** Terms that a fuzzy node stands for, found before. */
  expansions: ReadonlyMap<object, NearTerm[]>;
}

export function leafNumber({ leaves }: Planning, source: string): number {
  const number = leaves.get(source) ?? leaves.size;
  leaves.set(source, number);
  return number;
}

/** The column, noted as needed. */
export function needing<Spec extends ColumnSpec>({ columns }: Planning, spec: Spec): Spec {
  columns.set(spec.key, spec);
  return spec;
}
