import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';

let test: TestSite;
let guest: User;
const on = { 'ckan.auth.allow_dataset_collaborators': 'true' };
const withAdmins = { ...on, 'ckan.auth.allow_admin_collaborators': 'true' };
const make = (capacity: string, caller = test.admin) =>
  test.call('package_collaborator_create', caller, { id: 'secret', user_id: 'guest', capacity });

beforeAll(async () => {
  test = await testSite();
  guest = await test.account('guest');
  const { id } = (await test.must('organization_create', { name: 'org' })) as { id: string };
  await test.site.db.rows(
    `INSERT INTO package (id, name, title, state, type, private, owner_org)
     VALUES ('s', 'secret', 'Secret', 'active', 'dataset', true, $1)`,
    [id],
  );
});

describe('collaborators', () => {
  it('are refused while they are switched off', async () => {
    test.set({});
    const off = { error: { message: 'Dataset collaborators not enabled' }, status: 409 };
    expect(await make('editor')).toEqual(off);
    expect(await test.call('package_collaborator_list', test.admin, { id: 'secret' })).toEqual(off);
  });

  it('read what others may not, from the moment they are made until the moment they are not', async () => {
    test.set(on);
    const read = async () => 'result' in (await test.call('package_show', guest, { id: 'secret' }));
    expect(await read()).toBe(false);
    await make('member');
    expect(await read()).toBe(true);
    await test.must('package_collaborator_delete', { id: 'secret', user_id: 'guest' });
    expect(await read()).toBe(false);
  });

  it('have one capacity, the last', async () => {
    test.set(on);
    await Promise.all([make('member'), make('editor')]);
    await make('editor');
    expect(await test.must('package_collaborator_list', { id: 'secret' })).toMatchObject([
      { capacity: 'editor' },
    ]);
  });

  it('are admins only where the settings allow it, and then manage others', async () => {
    test.set(on);
    expect(await make('admin')).toEqual({
      error: { message: 'Role must be one of "editor, member"' },
      status: 409,
    });
    test.set(withAdmins);
    await make('admin');
    expect(await test.call('package_collaborator_list', guest, { id: 'secret' })).toHaveProperty('result');
    test.set(on);
    expect(await test.call('package_collaborator_list', guest, { id: 'secret' })).toMatchObject({
      status: 403,
    });
  });
});
