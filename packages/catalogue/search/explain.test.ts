import { expect, it } from 'vitest';
import { testSite } from '../../../test/harness/accounts.ts';
import { explainSearch } from './explain.ts';

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
  await expect(explainSearch(site, { q: 'rain' }, 'nobody')).rejects.toMatchObject({ code: 'notFound' });
});
