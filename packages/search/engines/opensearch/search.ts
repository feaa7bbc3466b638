import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHits } from '../engine.ts';
import { type Answer, type Asked, ask } from './ask.ts';
import { facetsOf } from './facets.ts';
import { type Found, readFound } from './page.ts';
import { type Question, type Questions, questionsOf } from './questions.ts';

/** Most documents that are walked past in one step. */
const stride = 50_000;

/** Runs a search on OpenSearch; what is shown of the documents is read from their rows. @throws the client's errors */
export async function searchOpenSearch(asked: Asked, sql: Sql, query: EffectiveQuery): Promise<SearchHits> {
  const questions = questionsOf(query);
  const page = questions.page && (await placed(asked, questions.page, query));
  const [totals, shown] = await ask(asked, page ? [questions.totals, page] : [questions.totals]);
  return {
    count: totals!.hits.total!.value,
    facets: query.facets ? facetsOf(query.facets, totals!.aggregations) : {},
    hits: await readFound(sql, foundBy(shown, questions), query),
  };
}

/** The question for the page where the search has it; none where that is behind all that is found. */
async function placed(
  asked: Asked,
  page: Question,
  { start, rows: size }: EffectiveQuery,
): Promise<Question | undefined> {
  if (start === 0 || start + size <= asked.window) return { ...page, from: start, size };
  const key = await walk(asked, page, start);
  return key && { ...page, size, search_after: key };
}

/** The sort key of the document before place `start`; none when there is no such document. */
async function walk(asked: Asked, page: Question, start: number): Promise<unknown[] | undefined> {
  let key: unknown[] | undefined;
  for (let place = 0; place < start; ) {
    const size = Math.min(stride, asked.window, start - place);
    const [answer] = await ask(asked, [{ ...page, size, ...(key ? { search_after: key } : {}) }]);
    const { hits } = answer!.hits;
    if (hits.length < size) return undefined;
    key = hits.at(-1)!.sort;
    place += size;
  }
  return key;
}

function foundBy(answer: Answer | undefined, { constantScore, scoreAt }: Questions): Found[] {
  return (answer?.hits.hits ?? []).map(({ sort, _score }) => ({
    number: sort.at(-1) as number,
    score: constantScore ?? (scoreAt === undefined ? (_score ?? undefined) : (sort[scoreAt] as number)),
  }));
}
