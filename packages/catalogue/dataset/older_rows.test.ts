import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Params } from '../action/call.ts';
import type { JsonText } from '../action/declaration.ts';
import { catchUpOldest } from '../index/catch_up.ts';

type Shown = Record<string, unknown> & { resources: Record<string, unknown>[] };

/** Rows as versions before CKAN's defaults left them, or as SQL writes them: shown as CKAN 2.11.5 shows such rows. */
describe('rows that no action of today would write', () => {
  let test: TestSite;
  beforeAll(async () => {
    test = await testSite();
    await test.must('organization_create', { name: 'tea' });
    await test.must('package_create', {
      name: 'leaves',
      owner_org: 'tea',
      resources: [{ url: 'http://x.test/a' }, { url: 'http://x.test/b' }],
    });
    const { db } = test.site;
    await db.rows(
      `UPDATE "group" SET title = NULL, description = NULL, image_url = NULL, approval_status = NULL`,
    );
    await db.rows(
      `UPDATE resource SET created = NULL, format = NULL, hash = NULL WHERE url = 'http://x.test/a'`,
    );
    await db.rows(`UPDATE resource SET format = 'csv' WHERE url = 'http://x.test/b'`);
    await db.rows(`UPDATE package SET title = NULL`);
    await catchUpOldest(test.site, 100);
  });

  const parsed = async (action: string, params: Params) =>
    JSON.parse(((await test.must(action, params)) as JsonText).text);
  const dataset = (): Promise<Shown> => parsed('package_show', { id: 'leaves' });

  it('leave out what is missing of a resource', async () => {
    const { title, resources } = await dataset();
    expect(title).toBe('leaves');
    expect(resources[0]).toMatchObject({ url: 'http://x.test/a', description: null });
    for (const field of ['created', 'format', 'hash']) expect(resources[0]).not.toHaveProperty(field);
  });

  it('show a format in the one spelling, and are found by the one that is stored', async () => {
    const { resources } = await dataset();
    expect(resources[1]).toMatchObject({ format: 'CSV', hash: '' });
    expect(await test.must('resource_show', { id: resources[1]?.['id'] })).toMatchObject({ format: 'CSV' });
    const facets = { 'facet.field': '["res_format"]', rows: 0 };
    expect(await parsed('package_search', facets)).toMatchObject({ facets: { res_format: { csv: 1 } } });
  });

  it('leave out what is missing of an organisation, but not of a dataset’s', async () => {
    const shown = (await test.must('organization_show', { id: 'tea' })) as Shown;
    expect(shown).toMatchObject({ name: 'tea', display_name: 'tea' });
    for (const field of ['title', 'description', 'image_url', 'image_display_url', 'approval_status'])
      expect(shown).not.toHaveProperty(field);
    expect(await dataset()).toMatchObject({
      organization: { title: null, description: null, image_url: null },
    });
    expect(await test.must('organization_list_for_user', {})).toMatchObject([
      { title: null, image_url: null, image_display_url: null, display_name: 'tea' },
    ]);
  });
});
