import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHit, SearchHits } from '../engine.ts';
import { isScored } from '../is_scored.ts';
import type { DocumentColumns } from './column/document_columns.ts';
import type { Match, Run } from './evaluate/match.ts';
import { planOrder } from './evaluate/order.ts';
import { pageOf } from './evaluate/page.ts';
import { planQuery } from './evaluate/plan.ts';
import { Scratch } from './evaluate/scratch.ts';
import { planFacets } from './facet.ts';
import { expandFuzzy } from './fuzzy_expansion.ts';
import { readLeaves } from './leaf_answer.ts';
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
  columns: DocumentColumns,
  limit: TimeLimit,
): Promise<SearchHits> {
  const sql = limit.bound(pool);
  const { planning, scored, main, filters, order, facets } = await planSearch(sql, query);
  const needed = [...planning.columns.values()];
  try {
    // Columns are read for other searches too: that goes on when this one gives up.
    const prepared = limit.wait(pool, columns.prepare(pool, needed));
    const [answers] = await Promise.all([readLeaves(sql, planning), prepared]);
    for (let attempt = 1; ; attempt++) {
      const run: Run = { columns, ...answers, scratch: new Scratch(columns.size) };
      const match = main(run);
      for (const filter of filters) match.bits.keep(filter(run).bits);
      const slots = query.rows === 0 ? [] : pageOf(match.bits, order(run, match), query.start, query.rows);
      const found = { count: match.bits.count(), facets: facets?.(run, match) ?? {} };
      const page = slots.map((slot) => pageEntry(columns, match, slot));
      const rows = await readPage(
        sql,
        page.map(({ number }) => number),
        query,
      );
      const stale = page.filter(({ number, stamp }) => rows.get(number)?.stamp !== stamp);
      if (stale.length > 0 && attempt < attempts) {
        await limit.wait(
          pool,
          columns.refresh(
            pool,
            stale.map(({ number }) => number),
          ),
        );
        continue;
      }
      return {
        ...found,
        hits: hitsOf(
          page.filter((entry) => !stale.includes(entry)),
          rows,
          query,
          scored,
        ),
      };
    }
  } finally {
    columns.release(needed);
  }
}

async function planSearch(sql: Sql, query: EffectiveQuery) {
  const planning = await planningOf(sql, query);
  const scored = isScored(query);
  return {
    planning,
    scored,
    main: planQuery(query.query, planning, scored),
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
    return { sql: text.replace(/\s+/g, ' '), values };
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

interface PageEntry {
  number: number;
  stamp: number;
  score: number | undefined;
}

const pageEntry = ({ numbers, stamps }: DocumentColumns, { scores }: Match, slot: number): PageEntry => ({
  number: numbers[slot]!,
  stamp: stamps[slot]!,
  score: scores?.[slot],
});

// An entry without its dataset is counted and not shown, as in CKAN.
function hitsOf(
  page: PageEntry[],
  rows: Map<number, PageRow>,
  { fieldList }: EffectiveQuery,
  scored: boolean,
): SearchHit[] {
  return page.flatMap(({ number, score }) => {
    const row = rows.get(number)!;
    if (!fieldList && row.document === null) return [];
    return {
      packageId: row.package_id,
      document: row.document ?? undefined,
      fields: row.fields ?? undefined,
      score: scored ? score : undefined,
    };
  });
}
