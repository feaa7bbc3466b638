import { type Client, errors } from '@opensearch-project/opensearch';
import type { Aggregation } from './facets.ts';
import type { PageKeys, SortKey } from './page_keys.ts';
import type { Question } from './questions.ts';

export interface Asked {
  client: Client;
  /** Index or alias. */
  index: string;
  /** Place up to which OpenSearch may be asked by place alone; what is behind is walked to. */
  window: number;
  keys: PageKeys;
}

export interface Answer {
  hits: { total?: { value: number }; hits: { _index: string; _score: number | null; sort: SortKey }[] };
  aggregations?: Record<string, Aggregation>;
}

/** Hits of an answer that OpenSearch remembers, at most: there is room for some hundred such answers. */
export const mostRemembered = 1000;

/**
 * Asks several questions in one request. OpenSearch remembers each answer for as long as its index finds what it does
 * now; by itself it would remember only those without hits. @throws the client's errors
 */
export async function ask({ client, index }: Asked, questions: Question[]): Promise<Answer[]> {
  const lines = questions.flatMap((question) => [{ request_cache: isSmall(question) }, question]);
  const { body } = await client.msearch({ index, body: lines as never });
  return body.responses.map((response) => {
    const { error, status } = response as { error?: object; status?: number };
    if (error) throw errorOf(error, status);
    return response as unknown as Answer;
  });
}

/**
 * 500 is what OpenSearch answers to a question at which it fails, as to one of too many clauses, and no sign that it is
 * away: for that it has other numbers.
 */
function errorOf(error: object, answered: number | undefined): Error {
  const status = answered === 500 ? 400 : answered;
  return new errors.ResponseError({ body: { error, status }, statusCode: status } as never);
}

const isSmall = ({ from = 0, size = 0 }: Question) => Number(from) + Number(size) <= mostRemembered;
