import type { Effort } from '../../vocabulary/effort.ts';
import type { ColumnSpec } from './column/column_spec.ts';
import type { Expansions } from './expansions.ts';
import type { WordLookup } from './leaf_source.ts';
import { indexKey } from './lexeme.ts';
import type { Parameters } from './parameters.ts';
import type { Rest } from './rest_documents.ts';
import type { DocumentSample } from './vocabulary/document_sample.ts';

/** What planning a query gathers beside the plan: what has to be read before the plan can run. */
export interface Planning {
  parameters: Parameters;
  /** Look-ups in the index, by what tells them apart: the leaf's number. */
  leaves: Map<string, number>;
  /** By the leaf's number, what is looked up; a text is a query that gives (amount, numbers). */
  lookups: Map<number, string | WordLookup>;
  /** What is remembered of look-ups under another name than their text, by the leaf's number. */
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

export function leafNumber(planning: Planning, source: string, key?: string): number {
  const number = leafOf(planning, source, source);
  if (key !== undefined) planning.leafKeys.set(number, key);
  return number;
}

/** The look-up of a word of a text field, or of any of several. */
export function wordLeaf(
  planning: Planning,
  field: string,
  terms: readonly string[],
  scored: boolean,
): number {
  const keys = terms.map((term) => indexKey(field, term));
  return leafOf(planning, `${scored ? 'scored' : 'any'} ${keys.join(' | ')}`, { keys, scored });
}

function leafOf({ leaves, lookups }: Planning, key: string, lookup: string | WordLookup): number {
  const known = leaves.get(key);
  if (known !== undefined) return known;
  const number = leaves.size;
  leaves.set(key, number);
  lookups.set(number, lookup);
  return number;
}

/** The column, noted as needed. */
export function needing<Spec extends ColumnSpec>({ columns }: Planning, spec: Spec): Spec {
  columns.set(spec.key, spec);
  return spec;
}
