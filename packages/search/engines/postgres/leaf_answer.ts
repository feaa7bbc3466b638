import type { Sql } from '@portolan/db';
import { numbersIn } from './column/column_rows.ts';
import type { FieldStatistic } from './evaluate/match.ts';
import type { Planning } from './planning.ts';

/** What the index gave for one look-up. */
export interface LeafAnswer {
  /** Numbers of documents, and the occurrences of a term that each list adds. */
  lists: { amount: number; numbers: Int32Array }[];
  /** Of a phrase: how many documents each of its words is in. */
  matching: number[];
}

export interface LeafAnswers {
  leaves: LeafAnswer[];
  statistics: Map<string, FieldStatistic>;
}

interface Row {
  leaf: number;
  field: string | null;
  amount: number;
  numbers: Buffer | null;
  matching: number | null;
}

/** All look-ups of a plan in one statement. */
export async function readLeaves(
  sql: Sql,
  { leaves, parameters, scoredFields }: Planning,
): Promise<LeafAnswers> {
  const answers: LeafAnswers = {
    leaves: Array.from({ length: leaves.size }, () => ({ lists: [], matching: [] })),
    statistics: new Map(),
  };
  if (leaves.size === 0 && scoredFields.size === 0) return answers;
  const sources = [...leaves].map(
    ([source, number]) =>
      `SELECT ${number} AS leaf, NULL AS field, l.amount, l.numbers, l.matching FROM (${source}) AS l`,
  );
  if (scoredFields.size > 0)
    sources.push(`SELECT -1 AS leaf, field, sum(documents)::float8 AS amount, NULL::bytea AS numbers,
        sum(tokens)::float8 AS matching
      FROM portolan.search_statistic WHERE field = ANY (${parameters.add([...scoredFields], 'text[]')}) GROUP BY field`);
  const { text, values } = parameters.finish(sources.join('\nUNION ALL '));
  for (const { leaf, field, amount, numbers, matching } of await sql.rows<Row>(text, values)) {
    if (field !== null) answers.statistics.set(field, { documents: amount, tokens: matching ?? 0 });
    else if (matching !== null) answers.leaves[leaf]!.matching.push(matching);
    else answers.leaves[leaf]!.lists.push({ amount, numbers: numbersIn(numbers) });
  }
  return answers;
}
