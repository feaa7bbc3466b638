import type { Sql } from '@portolan/db';
import type { EffectiveQuery } from '../../query/effective_query.ts';
import type { SearchHits } from '../engine.ts';
import { type Answer, type Asked, ask, mostRemembered } from './ask.ts';
import { facetsOf } from './facets.ts';
import { farPage, type PlacedPage } from './far_page.ts';
import { type Found, readFound } from './page.ts';
import { type Question, type Questions, questionsOf } from './questions.ts';

/** Runs a search on OpenSearch; what is shown of the documents is read from their rows. @throws the client's errors */
export async function searchOpenSearch(asked: Asked, sql: Sql, query: EffectiveQuery): Promise<SearchHits> {
  const questions = questionsOf(query);
  const page = questions.page && (await placed(asked, questions.page, query));
  const [totals, shown] = await ask(asked, page ? [questions.totals, page.question] : [questions.totals]);
  const last = shown?.hits.hits[query.rows - 1];
  if (last) page?.ended?.(last.sort);
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
): Promise<PlacedPage | undefined> {
  const isNear = start === 0 || start + size <= Math.min(mostRemembered, asked.window);
  return isNear ? { question: { ...page, from: start, size } } : farPage(asked, page, start, size);
}

function foundBy(answer: Answer | undefined, { constantScore, scoreAt }: Questions): Found[] {
  return (answer?.hits.hits ?? []).map(({ sort, _score }) => ({
    number: sort.at(-1) as number,
    score: constantScore ?? (scoreAt === undefined ? (_score ?? undefined) : (sort[scoreAt] as number)),
  }));
}
