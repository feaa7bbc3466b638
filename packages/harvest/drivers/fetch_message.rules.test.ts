import { FetchError } from '@portolan/fetcher';
import { expect, it } from 'vitest';
import { fetchMessage } from './fetch_message.rules.ts';

const url = 'http://tea.test/data.json';

it.each([
  [
    new FetchError('status', '404', { status: 404 }),
    `Could not get content from ${url}. Server responded with 404 Not Found`,
  ],
  [
    new FetchError('status', '799', { status: 799 }),
    `Could not get content from ${url}. Server responded with 799`,
  ],
  [
    new FetchError('tooLarge', 'x', { size: { announced: 70, allowed: 50 } }),
    'Remote file is too big. Allowed file size: 50, Content-Length: 70.',
  ],
  [new FetchError('tooLarge', 'more than 50 bytes'), 'Remote file is too big.'],
  [new FetchError('timeout'), `Could not get content from ${url} because the connection timed out.`],
  [
    new FetchError('connection', 'ECONNRESET'),
    `Could not get content from ${url} because a connection error occurred. A connection error occurred: ECONNRESET`,
  ],
  [new FetchError('blocked', 'http://10.0.0.1/'), 'URL not allowed: http://10.0.0.1/'],
])('tells of %s in CKAN’s words', (error, text) => expect(fetchMessage(error, url)).toBe(text));
