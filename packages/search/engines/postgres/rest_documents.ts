import type { Sql } from '@portolan/db';
import type { Effort } from '../../vocabulary/effort.ts';
import { Bits } from './column/bits.ts';
import type { DocumentColumns } from './column/document_columns.ts';
import type { LeafAnswer } from './leaf_answer.ts';
import { tooMuch } from './lookup_cost.ts';
import { documentTerms } from './vocabulary/vocabulary.repo.ts';

/** Documents of which nothing is known yet but that they have the field: each is to be looked at. */
export interface Rest {
  field: string;
  /** The look-up of the documents that have the field. */
  all: number;
  /** The look-up of those that need not be looked at. */
  covered: number;
  /** Whether a document with such a term is one of those asked for. */
  fits(term: string): boolean;
}

/** More are not looked at: a document takes a fraction of a millisecond. */
export const largestRest = 4000;

/** So many are read at a time. */
const batch = 200;

/** The numbers of the documents that have a term which fits. */
export async function lookAtRest(
  sql: Sql,
  { field, all, covered, fits }: Rest,
  leaves: readonly LeafAnswer[],
  columns: DocumentColumns,
  effort: Effort,
): Promise<number[]> {
  const rest = slotsIn(leaves[all]!, columns).drop(slotsIn(leaves[covered]!, columns));
  const numbers = [...rest.list()].map((slot) => columns.numbers[slot]!);
  if (numbers.length > largestRest) throw tooMuch();
  const found: number[] = [];
  for (let from = 0; from < numbers.length; from += batch) {
    const documents = await documentTerms(sql, field, numbers.slice(from, from + batch));
    for (const [number, terms] of documents) if (terms.some(fits)) found.push(number);
    await effort.rest();
  }
  return found;
}

function slotsIn(answer: LeafAnswer, columns: DocumentColumns): Bits {
  const bits = new Bits(columns.size);
  for (const numbers of answer.values())
    for (let at = 0; at < numbers.length; at++) {
      const slot = columns.slotOf(numbers[at]!);
      if (slot >= 0) bits.add(slot);
    }
  return bits;
}
