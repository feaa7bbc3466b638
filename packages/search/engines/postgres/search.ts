import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHit, SearchHits } from '../engine.ts';
import { isScored } from '../is_scored.ts';
import type { Match, Run } from './evaluate/match.ts';
import { planOrder } from './evaluate/order.ts';
import { pageOf } from './evaluate/page.ts';
import { planQuery } from './evaluate/plan.ts';
import { Scratch } from './evaluate/scratch.ts';
import { planFacets } from './facet.ts';
import { expandFuzzy } from './fuzzy_expansion.ts';
import { unmarked } from './leaf_source.ts';
import { type KnownSearch, keyOf, type PageEntry, type Totals } from './memory/found_results.ts';
import type { SearchMemory } from './memory/search_memory.ts';
import { type PageRow, readPage } from './page_rows.ts';
import { Parameters } from './parameters.ts';
import type { Planning } from './planning.ts';
import type { TimeLimit } from './time_limit.ts';

/** A page whose documents change while it is read is made anew so many times. */
const attempts = 3;

/**
 * A search: look-ups in the indexes give lists of documents, columns in memory filter, score, count and order
 * them, and the rows of the page are read last. What is shown of a document is of the version that was found.
 */
export async function search(
  pool: Sql,
  query: EffectiveQuery,
  memory: SearchMemory,
  limit: TimeLimit,
): Promise<SearchHits> {
  const { columns, results } = memory;
  const sql = limit.bound(pool);
  for (let attempt = 1; ; attempt++) {
    // Columns are read for other searches too: that goes on when this one gives up.
    await limit.wait(pool, columns.catchUp(pool));
    const known = results.of(query, columns.generation);
    const { totals, page } = complete(known) ?? (await find(pool, query, memory, limit));
    const numbers = page.map(({ number }) => number);
    const rows = await readPage(sql, numbers, query);
    const stale = page.filter(({ number, stamp }) => rows.get(number)?.stamp !== stamp);
    if (stale.length === 0 || attempt === attempts) {
      const shown = page.filter((entry) => !stale.includes(entry));
      return { ...totals, hits: hitsOf(shown, rows, query) };
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
  { columns, leaves, results }: SearchMemory,
  limit: TimeLimit,
): Promise<{ totals: Totals; page: PageEntry[] }> {
  const sql = limit.bound(pool);
  const { planning, main, filters, order, facets } = await planSearch(sql, query);
  const needed = [...planning.columns.values()];
  try {
    await limit.wait(pool, columns.prepare(pool, needed));
    const { generation } = columns;
    const { committed, ...answers } = await leaves.read(sql, planning, columns);
    // What others may use was found in one generation, and by nobody who sees what is not committed.
    const lasting = committed && generation === columns.generation;
    const run: Run = { columns, ...answers, scratch: new Scratch(columns.size) };
    const match = main(run);
    for (const [place, filter] of filters.entries()) {
      const make = () => filter(run).bits;
      match.bits.keep(lasting ? results.filter(keyOf(query.filters[place]), generation, make) : make());
    }
    const slots = query.rows === 0 ? [] : pageOf(match.bits, order(run, match), query.start, query.rows);
    const page = slots.map((slot) => pageEntry(run, match, slot));
    const known = lasting ? results.of(query, generation).totals : undefined;
    const totals = known ?? { count: match.bits.count(), facets: facets?.(run, match) ?? {} };
    if (lasting) results.add(query, generation, totals, page);
    return { totals, page };
  } finally {
    columns.release(needed);
  }
}

async function planSearch(sql: Sql, query: EffectiveQuery) {
  const planning = await planningOf(sql, query);
  return {
    planning,
    main: planQuery(query.query, planning, isScored(query)),
    filters: query.filters.map((filter) => planQuery(filter, planning, false)),
    order: planOrder(query.sort, planning),
    facets: query.facets ? planFacets(query.facets, planning) : undefined,
  };
}

/** What a search reads: look-ups in the index with their values, and columns that are held in memory. */
export async function describeSearch(sql: Sql, query: EffectiveQuery): Promise<Record<string, unknown>> {
  const { planning } = await planSearch(sql, query);
  const lookups = [...planning.leaves.keys()].map((source) => {
    const { text, values } = planning.parameters.finish(source);
    return { sql: unmarked(text), values };
  });
  return { lookups, columns: [...planning.columns.keys()] };
}

async function planningOf(sql: Sql, query: EffectiveQuery): Promise<Planning> {
  return {
    parameters: new Parameters(),
    leaves: new Map(),
    columns: new Map(),
    scoredFields: new Set(),
    expansions: await expandFuzzy(sql, [query.query, ...query.filters]),
  };
}

const pageEntry = ({ columns: { numbers, stamps } }: Run, { scores }: Match, slot: number): PageEntry => ({
  number: numbers[slot]!,
  stamp: stamps[slot]!,
  score: scores?.[slot],
});

// An entry without its dataset is counted and not shown, as in CKAN.
function hitsOf(page: PageEntry[], rows: Map<number, PageRow>, query: EffectiveQuery): SearchHit[] {
  const scored = isScored(query);
  return page.flatMap(({ number, score }) => {
    const row = rows.get(number)!;
    if (!query.fieldList && row.document === null) return [];
    return {
      packageId: row.package_id,
      document: row.document ?? undefined,
      fields: row.fields ?? undefined,
      score: scored ? score : undefined,
    };
  });
}
