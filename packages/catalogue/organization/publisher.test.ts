import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';

let test: TestSite;
const show = () => test.must('organization_show', { id: 'ministry', include_users: true }) as Promise<object>;

beforeAll(async () => {
  test = await testSite({ PORTOLAN_PROFILE: 'datagovuk' });
});

describe('a publisher of data.gov.uk', () => {
  it('has its fields at the top and other extras where they were', async () => {
    const extras = [{ key: 'old-id', value: '7' }];
    await test.must('organization_create', {
      name: 'ministry',
      category: 'grouping',
      'contact-email': 'a@b.test',
      extras,
    });
    expect(await show()).toMatchObject({
      category: 'grouping',
      'contact-email': 'a@b.test',
      extras: [{ key: 'old-id', value: '7' }],
    });
  });

  it('keeps the fields and extras that a change does not name', async () => {
    await test.must('organization_patch', { id: 'ministry', 'foi-web': 'https://foi.test' });
    await test.must('organization_patch', { id: 'ministry', extras: [{ key: 'new-id', value: '8' }] });
    expect(await show()).toMatchObject({
      category: 'grouping',
      'contact-email': 'a@b.test',
      'foi-web': 'https://foi.test',
      extras: [{ key: 'new-id', value: '8' }],
    });
  });

  it('is stored as CKAN stores it', async () => {
    const rows = await test.site.db.rows(
      `SELECT key, value FROM group_extra WHERE state = 'active' ORDER BY key`,
    );
    expect(rows).toEqual([
      { key: 'category', value: 'grouping' },
      { key: 'contact-email', value: 'a@b.test' },
      { key: 'foi-web', value: 'https://foi.test' },
      { key: 'new-id', value: '8' },
    ]);
  });

  it('does not show its people, to nobody', async () => {
    expect(await show()).not.toHaveProperty('users');
  });

  it('is made by sysadmins alone', async () => {
    const ada = await test.account('ada');
    expect(await test.call('organization_create', ada, { name: 'mine' })).toEqual({
      error: { message: 'Access denied: Only system administrators can create organisations' },
      status: 403,
    });
    expect(await test.call('group_create', ada, { name: 'mine' })).toEqual({
      error: { message: 'Access denied: Only system administrators can create groups' },
      status: 403,
    });
  });
});
