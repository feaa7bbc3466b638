import { among, type WordLookup, wordsSource } from './leaf_source.ts';
import type { Parameters } from './parameters.ts';

/** A look-up that has to be made. */
export interface PendingLookup {
  leaf: number;
  /** A text is a query that gives (amount, numbers). */
  lookup: string | WordLookup;
  /** The parameter with the numbers of the documents that are asked about; absent, all are. */
  among: string | undefined;
}

export interface LookupRow {
  /** The look-up that the row is of, or `committedRow`. */
  leaf: number;
  /** Only of a statistic: its field, whose documents are the amount. */
  field: string | null;
  amount: number;
  numbers: Buffer | null;
  tokens: number | null;
}

/** The row whose amount is 1 where the transaction has written nothing yet. */
export const committedRow = -2;

/** One statement that makes all look-ups, and tells the statistics of the fields. */
export function statementOf(
  pending: readonly PendingLookup[],
  fields: readonly string[],
  parameters: Parameters,
): string {
  const words = Map.groupBy(pending.filter(isOfWord), ({ lookup, among }) => `${lookup.scored} ${among}`);
  const sources = [
    ...pending.flatMap((one) => (isOfWord(one) ? [] : querySource(one))),
    ...[...words.values()].map((some) => wordSource(some, parameters)),
    ...(fields.length > 0 ? [statisticSource(fields, parameters)] : []),
    `SELECT ${committedRow}, NULL, (pg_current_xact_id_if_assigned() IS NULL)::integer, NULL::bytea, NULL`,
  ];
  return sources.join('\nUNION ALL ');
}

const narrowed = (source: string, numbers: string | undefined) =>
  numbers === undefined ? source : among(source, numbers);

type PendingWord = PendingLookup & { lookup: WordLookup };

const isOfWord = (one: PendingLookup): one is PendingWord => typeof one.lookup !== 'string';

const querySource = ({ leaf, lookup, among }: PendingLookup): string =>
  `SELECT ${leaf} AS leaf, NULL AS field, l.amount, l.numbers, NULL::float8 AS tokens
   FROM (${narrowed(String(lookup), among)}) AS l`;

/** Of words of one kind, among the same documents. */
function wordSource(words: readonly PendingWord[], parameters: Parameters): string {
  const { lookup, among } = words[0]!;
  return `SELECT l.leaf, NULL AS field, l.amount, l.numbers, NULL::float8 AS tokens
    FROM (${narrowed(wordsSource(words, lookup.scored, parameters), among)}) AS l`;
}

const statisticSource = (fields: readonly string[], parameters: Parameters): string =>
  `SELECT -1 AS leaf, field, sum(documents)::float8 AS amount, NULL::bytea AS numbers, sum(tokens)::float8 AS tokens
   FROM portolan.search_statistic WHERE field = ANY (${parameters.add(fields, 'text[]')}) GROUP BY field`;
