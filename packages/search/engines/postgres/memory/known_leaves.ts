import type { Sql } from '@portolan/db';
import { WeightedCache } from '../../weighted_cache.ts';
import { Bits } from '../column/bits.ts';
import type { DocumentColumns } from '../column/document_columns.ts';
import type { FieldStatistic } from '../evaluate/match.ts';
import { addList, documentsIn, type LeafAnswer, replaced } from '../leaf_answer.ts';
import { among } from '../leaf_source.ts';
import { tooMuch } from '../lookup_cost.ts';
import type { Planning } from '../planning.ts';

/** What the look-ups of a search gave, in the order of the plan. */
export interface LeafAnswers {
  leaves: LeafAnswer[];
  statistics: Map<string, FieldStatistic>;
  /** False where the asking transaction has written something: nobody else may see it yet. */
  committed: boolean;
}

interface Known {
  answer: LeafAnswer;
  /** It holds all that the columns held then. */
  generation: number;
}

const none = new Bits(0);

interface Row {
  leaf: number;
  field: string | null;
  amount: number;
  numbers: Buffer | null;
  tokens: number | null;
}

/** Bytes. */
const mostRemembered = 96 * 2 ** 20;

/** Of more changed documents a look-up is not brought up to date, but made anew. */
const mostChanged = 200;

/**
 * Look-ups in the index that this process has made. One that was made before documents changed is made again among
 * those only: whoever searches finds what it would find without the memory.
 */
export class KnownLeaves {
  readonly #known = new WeightedCache<Known>(mostRemembered);
  /** Of the fields that were asked about in the generation. */
  #statistics = { generation: -1, of: new Map<string, FieldStatistic>() };

  /**
   * All look-ups of a plan, those that have to be made in one statement. The columns have to be up to date.
   * @throws a search error when they are expected to take longer than anybody waits
   */
  async read(sql: Sql, planning: Planning, columns: DocumentColumns): Promise<LeafAnswers> {
    const { generation } = columns;
    const { parameters, scoredFields, leafCosts } = planning;
    let cost = 0;
    const leaves: LeafAnswer[] = [];
    const pending: {
      leaf: number;
      key: string;
      base: LeafAnswer | undefined;
      changed: Bits;
    }[] = [];
    const sources: string[] = [];
    const changedSince = new Map<number, { changed: Bits; numbers: string } | undefined>();
    const since = (old: number) => {
      if (!changedSince.has(old)) {
        const changed = columns.changedSince(old, mostChanged);
        const numbers = changed && [...changed];
        changedSince.set(
          old,
          numbers && { changed: Bits.of(numbers), numbers: parameters.add(numbers, 'integer[]') },
        );
      }
      return changedSince.get(old);
    };
    for (const [source, leaf] of planning.leaves) {
      const { text, values } = parameters.finish(source);
      const key = planning.leafKeys.get(leaf) ?? JSON.stringify([text, values]);
      const known = this.#known.get(key);
      if (known && known.generation >= generation) {
        leaves[leaf] = known.answer;
        continue;
      }
      const narrowed = known && since(known.generation);
      if (!narrowed) cost += leafCosts.get(leaf) ?? 0;
      sources.push(
        `SELECT ${leaf} AS leaf, NULL AS field, l.amount, l.numbers, NULL::float8 AS tokens
         FROM (${narrowed ? among(source, narrowed.numbers) : source}) AS l`,
      );
      pending.push({ leaf, key, base: narrowed && known.answer, changed: narrowed?.changed ?? none });
    }
    if (cost > planning.mostCost) throw tooMuch();
    const statistics = this.#statistics.generation === generation ? this.#statistics.of : new Map();
    const untold = [...scoredFields].filter((field) => !statistics.has(field));
    if (untold.length > 0)
      sources.push(`SELECT -1 AS leaf, field, sum(documents)::float8 AS amount, NULL::bytea AS numbers, sum(tokens)::float8 AS tokens
        FROM portolan.search_statistic WHERE field = ANY (${parameters.add(untold, 'text[]')}) GROUP BY field`);
    const answers: LeafAnswers = { leaves, statistics: new Map(statistics), committed: true };
    if (sources.length === 0) return answers;
    sources.push(`SELECT -2, NULL, (pg_current_xact_id_if_assigned() IS NULL)::integer, NULL::bytea, NULL`);
    const { text, values } = parameters.finish(sources.join('\nUNION ALL '));
    for (const field of untold) answers.statistics.set(field, { documents: 0, tokens: 0 });
    const found = new Map(pending.map(({ leaf }) => [leaf, new Map<number, Int32Array>()]));
    for (const { leaf, field, amount, numbers, tokens } of await sql.rows<Row>(text, values)) {
      if (leaf === -2) answers.committed = amount === 1;
      else if (field !== null) answers.statistics.set(field, { documents: amount, tokens: tokens ?? 0 });
      else addList(found.get(leaf)!, amount, numbers);
    }
    if (answers.committed) this.#statistics = { generation, of: answers.statistics };
    for (const { leaf, key, base, changed } of pending) {
      const now = found.get(leaf)!;
      const answer = base ? replaced(base, changed, now) : now;
      leaves[leaf] = answer;
      if (answers.committed) this.#known.set(key, { answer, generation }, weightOf(key, answer));
    }
    return answers;
  }
}

const weightOf = (key: string, answer: LeafAnswer): number =>
  2 * key.length + 200 * (answer.size + 1) + 4 * documentsIn(answer);
