import { expect, it } from 'vitest';
import { testSite } from '../../../test/harness/accounts.ts';
import { type Explanation, explainSearch } from './explain.ts';

it('an explanation tells of each clause how much it finds and whether it finds the dataset', async () => {
  const { site, must } = await testSite();
  await must('organization_create', { name: 'office' });
  await must('package_create', { name: 'rain', title: 'Rain', owner_org: 'office' });
  await must('package_create', { name: 'wind', title: 'Wind', owner_org: 'office' });

  const { query, filters, engine } = await explainSearch(
    site,
    { q: 'title:rain AND tags:missing', fq: 'organization:office' },
    'wind',
  );
  expect(query).toEqual([
    { depth: 0, role: 'query', text: 'all of must, none of must not', count: 0, matches: false },
    { depth: 1, role: 'must', text: 'title:rain', count: 1, matches: false },
    { depth: 1, role: 'must', text: 'tags:missing', count: 0, matches: false },
  ]);
  expect(filters[0]).toContainEqual({
    depth: 1,
    role: 'must',
    text: 'organization:office',
    count: 2,
    matches: true,
  });
  // The look-up of the word, and the column in which the filter is.
  expect(JSON.stringify(engine)).toMatch(
    /^\{"postgres":\{"lookups":\[.*title\\u001frain.*values organization/,
  );
  const scored = await explainSearch(site, { q: 'rain OR titel:wind^2' }, 'rain');
  const [all, rain, wind] = scored.query;
  expect([rain!.text, rain!.matches, wind!.matches, wind!.score]).toEqual([
    'text:rain',
    true,
    false,
    undefined,
  ]);
  expect(rain!.score).toBeGreaterThan(0);
  expect(all!.score).toBe(rain!.score);
  expect(scored.unknown_fields).toEqual([{ field: 'titel', nearest: ['title'] }]);
  expect(scored.filters.flat().some(({ score }) => score !== undefined)).toBe(false);
  const long = await explainSearch(site, {
    q: Array.from({ length: 300 }, (_, n) => `tags:t${n}`).join(' OR '),
  });
  expect([long.query.length, long.filters.flat().length, long.left_out > 100]).toEqual([200, 0, true]);
  await expect(explainSearch(site, { q: 'rain' }, 'nobody')).rejects.toMatchObject({ code: 'notFound' });
});

it('the action explains to sysadmins, with the parameters of package_search', async () => {
  const { call, must, account } = await testSite();
  const { query, unknown_fields } = (await must('search_explain', { q: 'titel:rain' })) as Explanation;
  expect(query).toEqual([{ depth: 0, role: 'query', text: 'titel:rain', count: 0 }]);
  expect(unknown_fields).toEqual([{ field: 'titel', nearest: ['title'] }]);
  expect(await call('search_explain', undefined, { q: 'title:' })).toMatchObject({ status: 403 });
  expect(await call('search_explain', await account('reader'), {})).toMatchObject({ status: 403 });
  expect(await call('search_explain', await account('chief', { sysadmin: true }), { q: 'a:' })).toMatchObject(
    {
      status: 409,
      error: { message: expect.stringContaining('Search error') },
    },
  );
});
