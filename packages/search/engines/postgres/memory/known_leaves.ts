import type { Sql } from '@portolan/db';
import { WeightedCache } from '../../weighted_cache.ts';
import { Bits } from '../column/bits.ts';
import type { DocumentColumns } from '../column/document_columns.ts';
import type { FieldStatistic } from '../evaluate/match.ts';
import { addList, documentsIn, type LeafAnswer, replaced } from '../leaf_answer.ts';
import { tooMuch } from '../lookup_cost.ts';
import { committedRow, type LookupRow, type PendingLookup, statementOf } from '../lookup_statement.ts';
import type { Parameters } from '../parameters.ts';
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

/** Bytes. */
const mostRemembered = 96 * 2 ** 20;

/** Of more changed documents a look-up is not brought up to date, but made anew. */
const mostChanged = 200;

/**
 * Look-ups in the index that this process has made. One that was made before documents changed is made again among
 * those only: whoever searches finds what it would find without the memory.
 */
export class KnownLeaves {
  readonly #remembered = new WeightedCache<Known>(mostRemembered);
  /** Of the fields that were asked about in the generation. */
  #statistics = { generation: -1, of: new Map<string, FieldStatistic>() };

  /**
   * All look-ups of a plan, those that have to be made in one statement. The columns have to be up to date.
   * @throws a search error when they are expected to take longer than anybody waits
   */
  async read(sql: Sql, planning: Planning, columns: DocumentColumns): Promise<LeafAnswers> {
    const { generation } = columns;
    const { parameters, scoredFields, effort } = planning;
    const { leaves, pending } = this.#known(planning, columns);
    const statistics = this.#statistics.generation === generation ? this.#statistics.of : new Map();
    const untold = [...scoredFields].filter((field) => !statistics.has(field));
    const answers: LeafAnswers = { leaves, statistics: new Map(statistics), committed: true };
    if (pending.length === 0 && untold.length === 0) return answers;
    const { text, values } = parameters.finish(statementOf(pending, untold, parameters));
    for (const field of untold) answers.statistics.set(field, { documents: 0, tokens: 0 });
    const found = new Map(pending.map(({ leaf }) => [leaf, new Map<number, Int32Array>()]));
    for (const { leaf, field, amount, numbers, tokens } of await sql.rows<LookupRow>(text, values)) {
      if (leaf === committedRow) answers.committed = amount === 1;
      else if (field !== null) answers.statistics.set(field, { documents: amount, tokens: tokens ?? 0 });
      else addList(found.get(leaf)!, amount, numbers);
    }
    if (answers.committed) this.#statistics = { generation, of: answers.statistics };
    effort.resume();
    for (const { leaf, key, base, changed } of pending) {
      const now = found.get(leaf)!;
      const answer = base ? replaced(base, changed, now) : now;
      leaves[leaf] = answer;
      if (answers.committed) this.#remembered.set(key, { answer, generation }, weightOf(key, answer));
      await effort.rest();
    }
    return answers;
  }

  /** What is known of the look-ups as it is now, and what has to be looked up. */
  #known(planning: Planning, columns: DocumentColumns): { leaves: LeafAnswer[]; pending: Pending[] } {
    const { parameters, leafCosts, leafKeys, lookups } = planning;
    let cost = 0;
    const leaves: LeafAnswer[] = [];
    const pending: Pending[] = [];
    const since = changedSince(columns, parameters);
    for (const [name, leaf] of planning.leaves) {
      const lookup = lookups.get(leaf)!;
      const key = leafKeys.get(leaf) ?? (typeof lookup === 'string' ? parameters.written(lookup) : name);
      const known = this.#remembered.get(key);
      if (known && known.generation >= columns.generation) {
        leaves[leaf] = known.answer;
        continue;
      }
      const narrowed = known && since(known.generation);
      if (!narrowed) cost += leafCosts.get(leaf) ?? 0;
      pending.push({
        leaf,
        lookup,
        key,
        base: narrowed && known.answer,
        changed: narrowed?.changed ?? none,
        among: narrowed?.numbers,
      });
    }
    if (cost > planning.mostCost) throw tooMuch();
    return { leaves, pending };
  }
}

/** A look-up that has to be made: anew, or among the documents that have changed since it was. */
interface Pending extends PendingLookup {
  key: string;
  base: LeafAnswer | undefined;
  changed: Bits;
}

/** The documents that have changed since a generation, as bits and as a parameter, where they are few. */
function changedSince(columns: DocumentColumns, parameters: Parameters) {
  const known = new Map<number, { changed: Bits; numbers: string } | undefined>();
  return (generation: number) => {
    if (!known.has(generation)) {
      const changed = columns.changedSince(generation, mostChanged);
      const numbers = changed && [...changed];
      known.set(
        generation,
        numbers && { changed: Bits.of(numbers), numbers: parameters.add(numbers, 'integer[]') },
      );
    }
    return known.get(generation);
  };
}

const weightOf = (key: string, answer: LeafAnswer): number =>
  2 * key.length + 200 * (answer.size + 1) + 4 * documentsIn(answer);
