import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';

let test: TestSite;
let boss: User;
let editor: User;

interface Shown {
  id: string;
  name: string;
  title: string;
  users: { name: string; capacity: string }[];
  groups: { name: string; capacity: string }[];
  extras: { id: string; key: string; value: string }[];
  package_count: number;
}
const show = (id: string) => test.must('organization_show', { id }) as Promise<Shown>;
const usersOf = async (id: string) =>
  Object.fromEntries((await show(id)).users.map((user) => [user.name, user.capacity]));

beforeAll(async () => {
  test = await testSite();
  boss = await test.account('boss');
  editor = await test.account('editor');
});

describe('organization_create', () => {
  it.each([
    [{}, { name: ['Missing value'] }],
    [{ name: null }, { name: ['Missing value'] }],
    [{ name: 'a' }, { name: ['Must be at least 2 characters long'] }],
    [{ name: 7 }, { name: ['Must be at least 2 characters long'] }],
    [{ name: 'x'.repeat(101) }, { name: ['Name must be a maximum of 100 characters long'] }],
    [
      { name: 'UP' },
      { name: ['Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_'] },
    ],
    [{ name: 'new' }, { name: ['That name cannot be used'] }],
    [{ name: 'ok', id: 'bad' }, { id: ['Invalid id provided'] }],
    [
      { name: 'ok', extras: [{ key: 'title', value: 'x' }] },
      { extras: [{ key: ['There is a schema field with the same name'] }] },
    ],
    [{ name: 'ok', extras: [{ key: 'k' }] }, { extras: [{ value: ['Missing value'] }] }],
    [{ name: 'ok', extras: [{ key: 'k', value: {} }] }, { extras: [{ value: [expect.any(String)] }] }],
    [{ name: 'ok', users: [{ capacity: 'x' }] }, { users: [{ name: ['Missing value'] }] }],
    [{ name: 'ok', packages: [{ name: 'x' }] }, { packages: [{ id: ['Missing value'] }] }],
    [{ name: 'ok', packages: [{ id: 'x' }] }, { packages: [{ id: ['Not found: Dataset'] }] }],
  ])('refuses %j', async (fields, error) => {
    expect(await test.call('organization_create', test.admin, fields)).toEqual({ error, status: 409 });
  });

  it('shows the data again when a list is none', async () => {
    expect(await test.call('organization_create', test.admin, { name: 'ok', extras: 'x' })).toEqual({
      status: 400,
      error: {
        message: "Only lists of dicts can be placed against subschema ('extras',), not <class 'str'>",
        data: { name: 'ok', extras: 'x', is_organization: true, type: 'organization' },
      },
    });
  });

  it('makes the caller its admin, and members of those who are named and known', async () => {
    const users = [{ name: 'editor', capacity: 'editor' }, { name: 'nobody' }, { name: 'admin' }];
    await test.must('organization_create', { name: 'made', users }, boss);
    expect(await usersOf('made')).toEqual({ boss: 'admin', editor: 'editor', admin: 'public' });
  });

  it('keeps a name for ever, also that of a group', async () => {
    const taken = { error: { name: ['Group name already exists in database'] }, status: 409 };
    await test.must('group_create', { name: 'taken' });
    expect(await test.call('organization_create', boss, { name: 'taken' })).toEqual(taken);
    await test.must('group_delete', { id: 'taken' });
    expect(await test.call('organization_create', boss, { name: 'taken' })).toEqual(taken);
  });

  it('of two with one name makes one', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => test.call('organization_create', boss, { name: 'twin' })),
    );
    expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    const late = { error: { name: ['Group name already exists in database'] }, status: 409 };
    expect(answers.filter((answer) => 'error' in answer)).toEqual([late, late]);
  });
});

describe('organization_update and organization_patch', () => {
  const kept = async (name: string) => {
    await test.must(
      'organization_create',
      {
        name,
        title: 'Title',
        users: [{ name: 'editor', capacity: 'editor' }],
        groups: [{ name: 'above' }],
        extras: [{ key: 'k', value: 'v' }],
      },
      boss,
    );
    return show(name);
  };
  beforeAll(() => test.must('organization_create', { name: 'above' }));

  it('leave what a patch does not send: fields, members, parents and extras', async () => {
    const before = await kept('patched');
    await test.must('organization_patch', { id: 'patched', description: 'new' }, boss);
    expect(await show('patched')).toEqual({ ...before, description: 'new' });
  });

  it('take the members and parents that an update does not send, and leave fields and extras', async () => {
    const before = await kept('updated');
    await test.must('organization_update', { id: 'updated', description: 'new' }, boss);
    expect(await show('updated')).toEqual({ ...before, description: 'new', users: [], groups: [] });
  });

  it('answer whole numbers and truth values of extras as they were sent, and store text', async () => {
    const extras = [
      { key: 'a', value: 1 },
      { key: 'b', value: true },
      { key: 'c', value: 1.5 },
    ];
    const valuesOf = (answer: unknown) =>
      (answer as { extras: { value: unknown }[] }).extras.map(({ value }) => value);
    const made = await test.must('organization_create', { name: 'odd-extras', extras });
    expect(valuesOf(made)).toEqual([1, true, '1.5']);
    const changed = await test.must('organization_patch', { id: 'odd-extras', extras });
    expect(valuesOf(changed)).toEqual([1, true, '1.5']);
    expect(valuesOf(await show('odd-extras'))).toEqual(['1', 'true', '1.5']);
  });

  it('answer the datasets as they were before the change', async () => {
    await test.must('organization_create', { name: 'renamed', title: 'Old' });
    await test.must('package_create', { name: 'of-renamed', owner_org: 'renamed' });
    type Answer = { packages: { organization: { title: string } }[] };
    const patch = (title: string) =>
      test.must('organization_patch', { id: 'renamed', title }) as Promise<Answer>;
    expect((await patch('New')).packages[0]!.organization.title).toBe('Old');
    expect((await patch('Newer')).packages[0]!.organization.title).toBe('New');
  });

  it('replace a list that is sent', async () => {
    await test.must('organization_create', { name: 'listed' }, boss);
    await test.must(
      'organization_patch',
      { id: 'listed', users: [{ name: 'editor', capacity: 'admin' }] },
      boss,
    );
    expect(await usersOf('listed')).toEqual({ editor: 'admin' });
    await test.must(
      'organization_patch',
      { id: 'listed', users: [{ name: 'boss', capacity: 'admin' }] },
      editor,
    );
    expect(await usersOf('listed')).toEqual({ boss: 'admin' });
  });

  it('replace extras by key and keep the ids of those that stay', async () => {
    const extras = [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ];
    await test.must('organization_create', { name: 'extras', extras });
    const before = new Map((await show('extras')).extras.map((extra) => [extra.key, extra.id]));
    await test.must('organization_patch', { id: 'extras', extras: [{ key: 'b', value: '3' }] });
    const after = (await show('extras')).extras;
    expect(after).toMatchObject([{ id: before.get('b'), key: 'b', value: '3', state: 'active' }]);
    await test.must('organization_patch', { id: 'extras', extras: [] });
    expect((await show('extras')).extras).toEqual(after);
    await test.must('organization_patch', {
      id: 'extras',
      extras: [{ key: 'b', value: '3', deleted: true }],
    });
    expect((await show('extras')).extras).toEqual([]);
  });

  it('refuse another type, and a parent that stands below', async () => {
    await test.must('organization_create', { name: 'low', groups: [{ name: 'above' }] });
    expect(await test.call('organization_patch', test.admin, { id: 'low', type: 'x' })).toEqual({
      error: { message: 'Type cannot be updated' },
      status: 409,
    });
    expect(
      await test.call('organization_patch', test.admin, { id: 'above', groups: [{ name: 'low' }] }),
    ).toEqual({
      error: { groups: [{ name: ['This parent would create a loop in the hierarchy'] }] },
      status: 409,
    });
  });

  it('of two that take one name let one have it', async () => {
    await test.must('organization_create', { name: 'one' });
    await test.must('organization_create', { name: 'two' });
    const answers = await Promise.all(
      ['one', 'two'].map((id) => test.call('organization_patch', test.admin, { id, name: 'both' })),
    );
    expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    expect(answers).toContainEqual({
      error: { name: ['Group name already exists in database'] },
      status: 409,
    });
  });
});

describe('deletion', () => {
  it('waits for the datasets to go', async () => {
    const { id } = (await test.must('organization_create', { name: 'owner' })) as Shown;
    await test.site.db.rows(
      `INSERT INTO package (id, name, state, owner_org) VALUES ('owned', 'owned', 'draft', $1)`,
      [id],
    );
    const held = (what: string) => ({
      error: { message: `Organization cannot be ${what} while it still has datasets` },
      status: 409,
    });
    expect(await test.call('organization_delete', test.admin, { id })).toEqual(held('deleted'));
    expect(await test.call('organization_purge', test.admin, { id })).toEqual(held('purged'));
    await test.site.db.rows(`UPDATE package SET state = 'deleted' WHERE id = 'owned'`);
    await test.must('organization_delete', { id });
    await test.must('organization_purge', { id });
    expect(await test.call('organization_show', test.admin, { id })).toMatchObject({ status: 404 });
    expect(await test.site.db.rows(`SELECT owner_org FROM package WHERE id = 'owned'`)).toEqual([
      { owner_org: null },
    ]);
  });

  it('ends every membership, also when it is deleted by name', async () => {
    await test.must('organization_create', { name: 'ending' }, boss);
    await test.must('organization_delete', { id: 'ending' }, boss);
    expect(await test.call('organization_show', boss, { id: 'ending' })).toMatchObject({ status: 403 });
    await test.must('organization_patch', { id: 'ending', state: 'active' });
    expect(await usersOf('ending')).toEqual({});
  });
});

describe('lists', () => {
  it.each([
    [{ sort: 'created' }, { message: 'Cannot sort by field `created`' }],
    [{ sort: 'name; DROP TABLE x' }, { message: 'Cannot sort by field `name;`' }],
    [{ sort: 'name up' }, { message: 'Invalid sort direction `up`' }],
    [{ sort: 'name,title' }, { message: 'Too many sort criteria provided only 1 allowed' }],
    [{ limit: -1 }, { limit: ['Must be a natural number'] }],
    [{ limit: 'x' }, { limit: ['Invalid integer'] }],
    [{ all_fields: 'x' }, { message: 'Parameter is not an bool' }],
  ])('refuse %j', async (params, error) => {
    expect(await test.call('organization_list', undefined, params)).toEqual({ error, status: 409 });
  });

  it('are bounded by the settings, whatever is asked for', async () => {
    test.set({ 'ckan.group_and_organization_list_max': '2' });
    expect(await test.must('organization_list', { limit: 50 })).toHaveLength(2);
    test.set({});
    expect(await test.must('organization_list', { limit: 0 })).toEqual([]);
  });

  it('take the same number of statements for one organisation and for many', async () => {
    let statements = 0;
    const counting = <Result>(result: Result): Result => {
      statements++;
      return result;
    };
    const { db } = test.site;
    const counted = {
      ...test.site,
      db: {
        ...db,
        rows: (...args: Parameters<typeof db.rows>) => counting(db.rows(...args)),
        prepared: (...args: Parameters<typeof db.prepared>) => counting(db.prepared(...args)),
      },
    } as typeof test.site;
    const { organizationList } = await import('../actions/organization_list.ts');
    const { dispatch } = await import('../action/dispatch.ts');
    const all = { all_fields: true, include_users: true, include_extras: true, include_groups: true };
    const ask = async (limit: number) => {
      statements = 0;
      const params = { ...all, limit, include_followers: true };
      const list = (await dispatch(counted, organizationList, { user: test.admin }, params)) as object[];
      return { length: list.length, statements };
    };
    const [one, many] = [await ask(1), await ask(8)];
    expect([one.length, many.length]).toEqual([1, 8]);
    expect(many.statements).toBe(one.statements);
  });
});

describe('a role above', () => {
  it('reaches down as far as the settings let it', async () => {
    await test.must('organization_create', { name: 'root', users: [{ name: 'boss', capacity: 'admin' }] });
    await test.must('organization_create', { name: 'mid', groups: [{ name: 'root' }] });
    await test.must('organization_create', { name: 'leaf', groups: [{ name: 'mid' }] });
    const names = async () =>
      ((await test.must('organization_list_for_user', {}, boss)) as Shown[])
        .map((one) => one.name)
        .filter((name) => ['root', 'mid', 'leaf'].includes(name));
    expect(await names()).toEqual(['leaf', 'mid', 'root']);
    expect(await test.call('organization_patch', boss, { id: 'leaf', title: 'Leaf' })).toHaveProperty(
      'result',
    );
    test.set({ 'ckan.auth.roles_that_cascade_to_sub_groups': '' });
    expect(await names()).toEqual(['root']);
    expect(await test.call('organization_patch', boss, { id: 'leaf', title: 'x' })).toMatchObject({
      status: 403,
    });
    test.set({});
  });
});
