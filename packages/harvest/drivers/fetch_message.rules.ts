import type { FetchError } from '@portolan/fetcher';

/** CKAN's words for what went wrong on the way to a DCAT document. */
export function fetchMessage(error: FetchError, url: string): string {
  if (error.kind === 'status')
    return `Could not get content from ${url}. Server responded with ${error.status} `.trimEnd();
  if (error.kind === 'timeout') return `Could not get content from ${url} because the connection timed out.`;
  if (error.kind === 'tooLarge') return `Remote file is too big. ${error.message}`;
  if (error.kind === 'blocked') return error.message;
  return `Could not get content from ${url} because a connection error occurred. ${error.message}`;
}
