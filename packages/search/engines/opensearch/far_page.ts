import { type Asked, ask } from './ask.ts';
import type { SortKey } from './page_keys.ts';
import type { Question } from './questions.ts';

/** Most documents that are walked past in one step. */
const stride = 50_000;

/** The question for a page where the search has it. */
export interface PlacedPage {
  question: Question;
  /** Takes note of where the next page begins, by the last document of this. */
  ended?(last: SortKey): void;
}

/**
 * OpenSearch puts everything before a page in order to find where it begins. That is remembered, so that it does so
 * once for a page, and not at all for one that follows another. None where so many are not found.
 */
export async function farPage(
  asked: Asked,
  page: Question,
  start: number,
  size: number,
): Promise<PlacedPage | undefined> {
  const state = await stateOf(asked);
  const key = await asked.keys.of(state, page, start, () => keyBefore(asked, page, start));
  if (!key) return undefined;
  return {
    question: { ...page, size, search_after: key },
    ended: (last) => asked.keys.add(state, page, start + size, last),
  };
}

/** Cheap to answer: remembered by OpenSearch for as long as it is true. */
const stateQuestion: Question = {
  size: 1,
  sort: ['_doc'],
  track_total_hits: true,
  _source: false,
  stored_fields: '_none_',
  aggs: { latest: { max: { field: '_seq_no' } } },
};

/**
 * Names what the index finds. Every write has a number of its own, higher than those before it: where the highest of
 * what is found is the same nothing has come, and where as many are found nothing has gone.
 */
async function stateOf(asked: Asked): Promise<string> {
  const [answer] = await ask(asked, [stateQuestion]);
  const { hits, aggregations } = answer!;
  return JSON.stringify([hits.hits[0]?._index, aggregations?.['latest']?.value, hits.total?.value]);
}

/** The sort key of the document before place `start`; none when there is no such document. */
async function keyBefore(asked: Asked, page: Question, start: number): Promise<SortKey | undefined> {
  let place = Math.min(asked.window, start);
  let [answer] = await ask(asked, [{ ...page, from: place - 1, size: 1 }]);
  let key = answer!.hits.hits.at(-1)?.sort;
  while (key && place < start) {
    const size = Math.min(stride, asked.window, start - place);
    [answer] = await ask(asked, [{ ...page, size, search_after: key }]);
    const { hits } = answer!.hits;
    key = hits.length === size ? hits.at(-1)!.sort : undefined;
    place += size;
  }
  return key;
}
