import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHits } from '../engine.ts';
import { isScored } from '../is_scored.ts';
import { hitsOf, type PageRow, readPage } from '../page_rows.ts';
import type { Run } from './evaluate/match.ts';
import { atOnce, inTurns } from './evaluate/steps.ts';
import { findPage } from './find_page.ts';
import { unmarked, wordsSource } from './leaf_source.ts';
import { type LookupCosts, usualCosts } from './lookup_cost.ts';
import type { KnownSearch, PageEntry, Totals } from './memory/found_results.ts';
import type { SearchMemory } from './memory/search_memory.ts';
import { type PlannedSearch, planSearch } from './plan_search.ts';
import { lookAtRest } from './rest_documents.ts';
import type { TimeLimit } from './time_limit.ts';
import { vocabulariesFor } from './vocabulary/vocabularies_for.ts';

/** Look-ups during which columns move are made anew so many times. */
const attempts = 3;

/** So often a page is looked for whose documents change while they are read; each time only those are read again. */
const pageAttempts = 10;

/**
 * A search: look-ups in the indexes give lists of documents, columns in memory filter, score, count and order
 * them, and the rows of the page are read last. What is shown of a document is of the version that was found.
 */
export async function search(
  pool: Sql,
  query: EffectiveQuery,
  memory: SearchMemory,
  limit: TimeLimit,
  costs: LookupCosts,
): Promise<SearchHits> {
  const { columns, results } = memory;
  const sql = limit.bound(pool);
  const rows = new Map<number, PageRow>();
  for (let attempt = 1; ; attempt++) {
    // Columns are read for other searches too: that goes on when this one gives up.
    await limit.wait(pool, columns.catchUp(pool));
    const known = results.of(query, columns.generation);
    const { totals, page } = complete(known) ?? (await find(pool, query, memory, limit, costs));
    const otherThanRead = () => page.filter(({ number, stamp }) => rows.get(number)?.stamp !== stamp);
    const unread = otherThanRead().map(({ number }) => number);
    for (const number of unread) rows.delete(number);
    for (const [number, row] of await readPage(sql, unread, query)) rows.set(number, row);
    const stale = otherThanRead();
    if (stale.length === 0 || attempt === pageAttempts) {
      const gone = new Set(stale);
      const shown = page.filter((entry) => !gone.has(entry));
      const scored = isScored(query);
      const hits = shown.flatMap(({ number, score }) =>
        hitsOf(rows.get(number)!, scored ? score : undefined, query),
      );
      return { ...totals, hits };
    }
    const changed = stale.map(({ number }) => number);
    await limit.wait(pool, columns.refresh(pool, changed));
  }
}

const complete = ({ totals, page }: KnownSearch) => totals && page && { totals, page };

/** Counts and page of a search; the columns have caught up. */
async function find(
  pool: Sql,
  query: EffectiveQuery,
  memory: SearchMemory,
  limit: TimeLimit,
  costs: LookupCosts,
): Promise<{ totals: Totals; page: PageEntry[] }> {
  const { columns, current, results } = memory;
  const sql = limit.bound(pool);
  const planned = await planSearch(query, {
    vocabularies: vocabulariesFor(pool, memory, limit),
    costs,
    timeout: limit.milliseconds,
  });
  const needed = [...planned.planning.columns.values()];
  try {
    await limit.wait(pool, columns.prepare(pool, needed));
    for (let attempt = 1; ; attempt++) {
      const { run, lasting } = await lookUp(sql, planned, memory);
      const { generation } = columns;
      const steps = findPage(run, planned, current);
      const hasMoved = () => {
        limit.check(pool);
        return columns.generation !== generation;
      };
      const found = attempt < attempts ? await inTurns(steps, hasMoved) : atOnce(steps);
      if (!found) continue;
      if (lasting) results.add(query, generation, found.totals, found.page);
      return found;
    }
  } finally {
    columns.release(needed);
  }
}

/**
 * Makes the look-ups. They are `lasting`, so that others may use what comes of them, if they are of the state in which
 * the columns are, and their caller does not see what is not committed.
 */
async function lookUp(
  sql: Sql,
  { planning }: PlannedSearch,
  memory: SearchMemory,
): Promise<{ run: Run; lasting: boolean }> {
  const { columns, current, leaves } = memory;
  for (let attempt = 1; ; attempt++) {
    const { generation } = columns;
    const { committed, ...answers } = await leaves.read(sql, planning, columns);
    const rests: number[][] = [];
    for (const rest of planning.rests)
      rests.push(await lookAtRest(sql, rest, answers.leaves, columns, planning.effort));
    const moved = generation !== columns.generation;
    if (moved && committed && attempt < attempts) continue;
    const lasting = committed && !moved;
    const use: Run['use'] = lasting ? current.use.bind(current) : (_key, make) => make();
    const scratch = memory.scratch(columns.size);
    return { run: { columns, among: columns.live, ...answers, rests, scratch, use }, lasting };
  }
}

/** What a search reads: look-ups in the index with their values, and columns that are held in memory. */
export async function describeSearch(
  sql: Sql,
  query: EffectiveQuery,
  memory: SearchMemory,
): Promise<Record<string, unknown>> {
  const terms = {
    vocabularies: vocabulariesFor(sql, memory),
    costs: { ...usualCosts, most: Number.POSITIVE_INFINITY, words: Number.POSITIVE_INFINITY },
    timeout: Number.POSITIVE_INFINITY,
  };
  const { planning } = await planSearch(query, terms);
  const { parameters } = planning;
  const lookups = [...planning.lookups].map(([leaf, lookup]) => {
    const source =
      typeof lookup === 'string' ? lookup : wordsSource([{ leaf, lookup }], lookup.scored, parameters);
    const { text, values } = parameters.finish(source);
    return { sql: unmarked(text), values };
  });
  return { lookups, columns: [...planning.columns.keys()] };
}
