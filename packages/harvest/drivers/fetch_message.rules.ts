import { STATUS_CODES } from 'node:http';
import type { FetchError } from '@portolan/fetcher';

/** CKAN's words for what went wrong on the way to a DCAT document. */
export function fetchMessage(error: FetchError, url: string): string {
  switch (error.kind) {
    case 'status': {
      const { status = 0 } = error;
      return `Could not get content from ${url}. Server responded with ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
    }
    case 'timeout':
      return `Could not get content from ${url} because the connection timed out.`;
    case 'tooLarge':
      return error.size
        ? `Remote file is too big. Allowed file size: ${error.size.allowed}, Content-Length: ${error.size.announced}.`
        : 'Remote file is too big.';
    case 'blocked':
      return error.message;
    default:
      return `Could not get content from ${url} because a connection error occurred. ${error.message}`;
  }
}
