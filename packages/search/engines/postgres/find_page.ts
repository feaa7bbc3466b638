import type { Plan, Run } from './evaluate/match.ts';
import type { PlannedOrder } from './evaluate/order.ts';
import { pageOf } from './evaluate/page.ts';
import { rememberedSet } from './evaluate/remembered_set.ts';
import { inOneStep, type Steps } from './evaluate/steps.ts';
import type { CurrentValues } from './memory/current_values.ts';
import type { PageEntry, Totals } from './memory/found_results.ts';
import { FoundSet } from './memory/found_set.ts';
import { SortedSlots } from './memory/sorted_slots.ts';
import type { PlannedSearch } from './plan_search.ts';

/**
 * Counts and page of a search whose look-ups are done. What does not hang on scores is taken from `current`, brought
 * up to date by the documents that have changed.
 */
export function* findPage(
  run: Run,
  planned: PlannedSearch,
  current: CurrentValues,
): Steps<{ totals: Totals; page: PageEntry[] }> {
  const { set, scores } = yield* foundBy(run, planned);
  const slots = yield* slotsOf(run, planned, set, scores, current);
  const page = slots.map((slot) => ({
    number: run.columns.numbers[slot]!,
    stamp: run.columns.stamps[slot]!,
    score: planned.constantScore ?? scores?.[slot],
  }));
  run.scratch.give(scores);
  const facets = planned.facets ? yield* planned.facets(run.columns, set) : {};
  return { totals: { count: set.count, facets }, page };
}

function* foundBy(
  run: Run,
  { key, main, filters, scored }: PlannedSearch,
): Steps<{ set: FoundSet; scores: Float64Array | undefined }> {
  const narrowed: FoundSet[] = [];
  for (const { key, plan } of filters) narrowed.push(yield* rememberedSet(run, key, plan));
  const whole: Plan = function* (some) {
    const match = yield* main(some);
    for (const { bits } of narrowed) match.bits.keep(bits);
    return match;
  };
  if (!scored) return { set: yield* rememberedSet(run, key, whole), scores: undefined };
  // Scores hang on the whole corpus: with any change, all have to be worked out again.
  const { bits, scores } = yield* whole(run);
  const set = yield* run.use(
    key,
    inOneStep(() => new FoundSet(bits)),
    inOneStep((known, slots) => known.admit(slots, bits)),
  );
  return { set, scores };
}

/** From where on it is faster to go through all documents in their order than to put those found in order. */
const dense = 8;

function* slotsOf(
  run: Run,
  { start, rows, order }: PlannedSearch,
  set: FoundSet,
  scores: Float64Array | undefined,
  current: CurrentValues,
): Steps<number[]> {
  if (rows === 0 || start >= set.count) return [];
  if (order.byScore || set.count * dense < run.columns.size)
    return pageOf(set.bits.list(), order.in(run.columns, scores), start, rows);
  const sorted = yield* sortedBy(run, order, current);
  return sorted.page(set.bits, start, rows);
}

function sortedBy({ columns }: Run, order: PlannedOrder, current: CurrentValues): Steps<SortedSlots> {
  const compared = order.columnsIn(columns);
  return current.use(
    order.key,
    () => SortedSlots.of(columns.live, order.in(columns), compared),
    inOneStep((sorted, slots) => sorted.admit(slots, order.in(columns))),
    // A column that left memory and was read again is another one.
    (sorted) => sorted.columns.every((column, at) => column === compared[at]),
  );
}
