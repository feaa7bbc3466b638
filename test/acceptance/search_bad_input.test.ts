import { beforeAll, describe, expect, it } from 'vitest';
import { call, newName, newOrganization, newWord, send, succeed } from './client.ts';
import { hostileSearches } from './hostile_searches.ts';

/** Milliseconds; a quiet machine needs a fraction of it, a busy one has taken two seconds. */
const patience = 15_000;

describe('a hostile search', () => {
  const title = newWord();
  beforeAll(async () => {
    const owner = await newOrganization();
    await succeed('package_create', { name: newName('tea'), title: `tea leaf ${title}`, owner_org: owner });
  });

  it.each(hostileSearches)('%s is answered or refused at once', async (_what, params) => {
    const began = performance.now();
    const { status, body } = await call('package_search', { rows: 1, ...params }, null);
    expect(performance.now() - began).toBeLessThan(patience);
    expect([200, 400, 409]).toContain(status);
    if (status !== 200)
      expect(body.error?.__type).toMatch(/^(?:Search Query Error|Search Error|Validation Error)$/);
  });

  it.each(hostileSearches)(
    '%s is no fault of ours to those who search as before the actions',
    async (_what, params) => {
      for (const path of ['/api/3/search/dataset', '/api/2/search/dataset']) {
        const response = await send(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ rows: 1, ...params }),
        });
        expect([path, response.status]).toEqual([path, expect.toBeOneOf([200, 400, 409])]);
        await response.arrayBuffer();
      }
    },
  );

  it('leaves the searches of others as they were', async () => {
    const search = (params: object) => succeed('package_search', params, null);
    expect((await search({ q: title })).count).toBe(1);
    expect((await search({ q: `title:${title}`, 'facet.field': ['tags', 'organization'] })).count).toBe(1);
  });
});
