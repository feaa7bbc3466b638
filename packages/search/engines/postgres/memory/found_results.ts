import { createHash } from 'node:crypto';
import type { QueryNode } from '../../../ast/query_node.ts';
import type { EffectiveQuery } from '../../../query/effective_query.ts';
import type { FacetValue } from '../../engine.ts';
import { WeightedCache } from '../../weighted_cache.ts';

/** What all pages of a search have in common. */
export interface Totals {
  count: number;
  facets: Record<string, FacetValue[]>;
}

/** A document's place on a page: its number, the version of the row that was found, what it scores. */
export interface PageEntry {
  number: number;
  stamp: number;
  score: number | undefined;
}

/** What of a search is known: of another page of it the totals, of another search with its filters those. */
export interface KnownSearch {
  totals: Totals | undefined;
  page: PageEntry[] | undefined;
}

/** Bytes, roughly. */
const mostResults = 16 * 2 ** 20;

/**
 * What searches answered, kept until anything in memory changes. Who may see what is a filter of the query like any
 * other: two callers share an entry only where they may see the same.
 */
export class FoundResults {
  #generation = -1;
  readonly #totals = new WeightedCache<Totals>(mostResults);
  readonly #pages = new WeightedCache<PageEntry[]>(mostResults);

  /** What is known of the search in this generation. */
  of(query: EffectiveQuery, generation: number): KnownSearch {
    this.#enter(generation);
    return { totals: this.#totals.get(totalsKey(query)), page: this.#pages.get(pageKey(query)) };
  }

  add(query: EffectiveQuery, generation: number, totals: Totals, page: PageEntry[]): void {
    this.#enter(generation);
    const values = Object.values(totals.facets).reduce((sum, list) => sum + list.length, 0);
    const totalsAt = totalsKey(query);
    this.#totals.set(totalsAt, totals, 2 * totalsAt.length + 100 * (values + 1));
    const pageAt = pageKey(query);
    this.#pages.set(pageAt, page, 2 * pageAt.length + 64 * (page.length + 1));
  }

  #enter(generation: number): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    for (const cache of [this.#totals, this.#pages]) cache.clear();
  }
}

const totalsKey = ({ query, filters, facets }: EffectiveQuery): string =>
  keyOf([partKey(query), filters.map(partKey), facets]);

const pageKey = ({ query, filters, sort, start, rows, fieldList }: EffectiveQuery): string =>
  keyOf([partKey(query), filters.map(partKey), sort, start, rows, fieldList?.score ?? false]);

/** Two have one key only if they ask the same; JSON has no infinity, and leaves out what is undefined. */
export const keyOf = (asked: unknown): string =>
  JSON.stringify(asked, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );

const partKeys = new WeakMap<QueryNode, string>();

/** Longer keys are told apart by their hash: a filter may name thousands of values. */
const longestKey = 500;

/** The key of a part of a query, written once: it becomes a part of many. */
export function partKey(part: QueryNode): string {
  // Only what needs it is written with a function that is asked about everything in it.
  const key = partKeys.get(part) ?? shortened(hasOnlyFinite(part) ? JSON.stringify(part) : keyOf(part));
  partKeys.set(part, key);
  return key;
}

const shortened = (key: string): string =>
  key.length <= longestKey ? key : createHash('sha256').update(key).digest('base64');

function hasOnlyFinite(node: QueryNode): boolean {
  switch (node.kind) {
    case 'boolean':
      return [node.must, node.should, node.mustNot].every((nodes) => nodes.every(hasOnlyFinite));
    case 'bestOf':
      return node.children.every(hasOnlyFinite);
    case 'boost':
      return Number.isFinite(node.factor) && hasOnlyFinite(node.child);
    case 'constantScore':
      return Number.isFinite(node.score) && hasOnlyFinite(node.child);
    case 'numberRange':
      return [node.lower, node.upper].every((bound) => !bound || Number.isFinite(bound.value));
    default:
      return true;
  }
}
