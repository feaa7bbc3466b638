import type { Fetcher, RequestOptions } from '@portolan/fetcher';
import { expect, it } from 'vitest';
import { knownManners, mannerly, mannerlyLister, mannersOf, mayLeadTo } from './manners.rules.ts';

it('reads what a source wishes', () => {
  expect(
    mannersOf({
      max_concurrency: 4,
      min_request_interval_ms: 2000,
      user_agent: 'Tea/1.0',
      allow_offsite: true,
    }),
  ).toEqual({ concurrency: 4, interval: 2000, userAgent: 'Tea/1.0', offsite: true });
});

it.each([
  [{ max_concurrency: 0 }, 'max_concurrency must be a whole number from 1 to 16'],
  [{ max_concurrency: '2' }, 'max_concurrency must be a whole number from 1 to 16'],
  [{ min_request_interval_ms: 60_001 }, 'min_request_interval_ms must be a whole number from 0 to 60000'],
  [{ min_request_interval_ms: 1.5 }, 'min_request_interval_ms must be a whole number from 0 to 60000'],
  [{ user_agent: 'a\r\nhost: b' }, 'user_agent must be a text of at most 200 printable ASCII characters'],
  [{ user_agent: 'x'.repeat(201) }, 'user_agent must be a text of at most 200 printable ASCII characters'],
  [{ allow_offsite: 'yes' }, 'allow_offsite must be boolean'],
])('refuses %j, and goes on without it where it is stored', (config, message) => {
  expect(() => mannersOf(config)).toThrow(message);
  expect(knownManners(config)).toEqual(mannersOf({}));
});

it('asks for them with each request', async () => {
  const asked: (RequestOptions | undefined)[] = [];
  const ask = async (_: string, options?: RequestOptions) => {
    asked.push(options);
    throw new Error('no answer');
  };
  const fetcher: Fetcher = { fetch: ask, read: ask, close: async () => undefined };
  const polite = mannerly(fetcher, { min_request_interval_ms: 9, user_agent: 'Tea/1.0' });
  const request = { headers: { accept: 'text/xml' }, retries: 1 };
  await expect(polite.fetch('http://a.test/', request)).rejects.toThrow('no answer');
  await expect(mannerly(fetcher, {}).read('http://a.test/', { retries: 1 })).rejects.toThrow('no answer');
  const lister = mannerlyLister(fetcher, { min_request_interval_ms: 9 });
  await expect(lister.read('http://a.test/')).rejects.toThrow('no answer');
  await expect(lister.fetch('http://a.test/', { headersTimeout: 5 })).rejects.toThrow('no answer');
  expect(asked).toEqual([
    { headers: { accept: 'text/xml', 'user-agent': 'Tea/1.0' }, minInterval: 9, retries: 1 },
    { retries: 1 },
    { headersTimeout: 60_000, minInterval: 9 },
    { headersTimeout: 5, minInterval: 9 },
  ]);
});

it.each([
  ['http://a.test/x', {}, true],
  ['http://a.test:81/x', {}, false],
  ['http://b.test/x', {}, false],
  ['http://b.test/x', { allow_offsite: true }, true],
])('a listing of a.test leads to %s with %j: %s', (to, config, expected) =>
  expect(mayLeadTo(to, 'http://a.test/', config)).toBe(expected),
);
