import type { Effort } from '../../vocabulary/effort.ts';
import type { ColumnSpec } from './column/column_spec.ts';
import type { Expansions } from './expansions.ts';
import type { Parameters } from './parameters.ts';
import type { Rest } from './rest_documents.ts';
import type { DocumentSample } from './vocabulary/document_sample.ts';

/** What planning a query gathers beside the plan: what has to be read before the plan can run. */
export interface Planning {
  parameters: Parameters;
  /** Look-ups in the index as queries that give (amount, numbers), by their text; the value is the leaf's number. */
  leaves: Map<string, number>;
  /** Names of look-ups that are the same whatever terms they have come to name, by the leaf's number. */
  leafKeys: Map<number, string>;
  /** What look-ups are expected to cost, in milliseconds, by the leaf's number, where that may matter. */
  leafCosts: Map<number, number>;
  /** More than that are not waited for. */
  mostCost: number;
  /** By field, how common words are: only of a query of many words. */
  samples: ReadonlyMap<string, DocumentSample>;
  /** Documents that have to be looked at once the look-ups are there. */
  rests: Rest[];
  columns: Map<string, ColumnSpec>;
  /** Fields whose statistics scores need. */
  scoredFields: Set<string>;
  /** Terms that parts of the query stand for, found before. */
  expansions: Expansions;
  effort: Effort;
}

export function leafNumber({ leaves, leafKeys }: Planning, source: string, key?: string): number {
  const number = leaves.get(source) ?? leaves.size;
  leaves.set(source, number);
  if (key !== undefined) leafKeys.set(number, key);
  return number;
}

/** The column, noted as needed. */
export function needing<Spec extends ColumnSpec>({ columns }: Planning, spec: Spec): Spec {
  columns.set(spec.key, spec);
  return spec;
}
