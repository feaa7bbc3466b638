import { FetchError } from '@portolan/fetcher';
import type { GatherContext } from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfListing } from '../../thread/limits.rules.ts';
import { type ReadSearch, readSearchLimited } from './read.ts';

/** A page of the remote could not be had. */
export class SearchFailure extends Error {}

export interface SearchPage extends ReadSearch {
  text: string;
  /** The `Date` of the answer. */
  date: string | undefined;
}

/** @throws SearchFailure */
export async function searchPage(
  { fetcher, config, signal, portal }: Pick<GatherContext, 'fetcher' | 'config' | 'signal' | 'portal'>,
  url: string,
): Promise<SearchPage> {
  try {
    const answer = await fetcher.read(url, { headers: remoteHeaders(config), signal });
    const text = answer.text();
    const read = await readSearchLimited(limitsOfListing(portal, url, text.length), text);
    if ('wrong' in read) throw new SearchFailure(read.wrong);
    return { ...read, text, date: answer.headers['date'] };
  } catch (error) {
    if (error instanceof TooMuchWork) throw new SearchFailure(error.message, { cause: error });
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
