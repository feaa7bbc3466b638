import { FetchError } from '@portolan/fetcher';
import type { GatherContext } from '../../driver.ts';

/** A page of the remote could not be had. */
export class SearchFailure extends Error {}

/** A dataset of the remote, as its search tells it. */
export type Dataset = Record<string, unknown> & { id: string };

export const isIdentified = (one: unknown): one is Dataset =>
  typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' && one.id !== '';

export interface SearchPage {
  results: unknown[];
  /** Of all pages; undefined where the remote contradicts itself. */
  count: number | undefined;
  text: string;
  /** The `Date` of the answer. */
  date: string | undefined;
}

/** @throws SearchFailure */
export async function searchPage(
  { fetcher, config, signal }: Pick<GatherContext, 'fetcher' | 'config' | 'signal'>,
  url: string,
): Promise<SearchPage> {
  try {
    const answer = await fetcher.read(url, { headers: remoteHeaders(config), signal });
    const text = answer.text();
    return { ...resultsOf(text), text, date: answer.headers['date'] };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new SearchFailure(
      `Error sending request to search remote CKAN instance ${error.url ?? ''}: ${error.message}`,
      { cause: error },
    );
  }
}

export function remoteHeaders(config: Record<string, unknown>): Record<string, string> {
  const headers: Record<string, string> = {};
  if (typeof config['api_key'] === 'string' && config['api_key'] !== '')
    headers['authorization'] = config['api_key'];
  return headers;
}

function resultsOf(text: string): { results: unknown[]; count: number | undefined } {
  let body: { success?: unknown; error?: unknown; result?: { results?: unknown; count?: unknown } } | null;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new SearchFailure(`Response from remote CKAN was not JSON: ${text.slice(0, 200)}`, {
      cause: error,
    });
  }
  if (body?.success === false)
    throw new SearchFailure(`Remote CKAN refused the search: ${JSON.stringify(body.error)}`);
  const results = body?.result?.results;
  if (!Array.isArray(results)) throw new SearchFailure('Response from remote CKAN had no results');
  const count = body?.result?.count;
  return {
    results,
    // Some mirrors count wrongly; only a count that this page does not contradict can end the listing early.
    count: typeof count === 'number' && count >= results.length ? count : undefined,
  };
}
