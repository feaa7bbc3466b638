import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';
import type { JsonText } from '../action/declaration.ts';

interface Shown extends Record<string, unknown> {
  id: string;
  name: string;
  title: string;
  state: string;
  metadata_modified: string;
  resources: (Record<string, unknown> & { id: string; name: string | null; metadata_modified: string })[];
  tags: { name: string }[];
  extras: { key: string; value: string }[];
  groups: { name: string }[];
}

let test: TestSite;
let editor: User;
let organization: string;
let group: string;

const show = async (id: string) =>
  JSON.parse(((await test.must('package_show', { id })) as JsonText).text) as Shown;
const create = (name: string, fields: object = {}) =>
  test.must('package_create', { name, owner_org: organization, ...fields }, editor) as Promise<Shown>;
const patch = (id: string, fields: object) =>
  test.must('package_patch', { id, ...fields }, editor) as Promise<Shown>;
const typesOf = async (id: string) => {
  const activities = await test.must('package_activity_list', { id });
  return (activities as { activity_type: string }[]).map(({ activity_type }) => activity_type);
};

beforeAll(async () => {
  test = await testSite();
  editor = await test.account('editor');
  organization = (
    (await test.must('organization_create', {
      name: 'rivers',
      users: [{ name: 'editor', capacity: 'editor' }],
    })) as { id: string }
  ).id;
  group = ((await test.must('group_create', { name: 'water' })) as { id: string }).id;
});

const full = {
  title: 'T',
  notes: 'N',
  tags: [{ name: 'one' }, { name: 'two' }],
  extras: [{ key: 'k', value: 'v' }],
  resources: [
    { url: 'http://x.example/1.pdf', name: 'first', odd: { a: 1 } },
    { url: 'http://x.example/2.pdf', name: 'second' },
  ],
};

describe('package_update', () => {
  it('clears what is not sent, but for name, owner, state and privacy', async () => {
    const before = await create('cleared', { ...full, private: true });
    const after = (await test.must('package_update', { id: 'cleared' }, editor)) as Shown;
    expect(after).toMatchObject({
      ...{ name: 'cleared', title: 'cleared', notes: null, private: true, state: 'active' },
      ...{ owner_org: organization, tags: [], extras: [], resources: [], num_resources: 0 },
    });
    expect(after['metadata_created']).toBe(before['metadata_created']);
  });

  it('has a new metadata_modified and an activity every time, also when nothing changes', async () => {
    const first = await create('unchanged', full);
    const second = await patch(first.id, {});
    const third = await patch(first.id, {});
    expect(new Set([first, second, third].map((one) => one.metadata_modified)).size).toBe(3);
    expect(await typesOf(first.id)).toEqual(['changed package', 'changed package', 'new package']);
  });

  it('brings a resource back as it was when it is listed again', async () => {
    const { id, resources } = await create('revived', full);
    await patch(id, { resources: [] });
    const [back] = (await patch(id, { resources: [{ id: resources[0]!.id }] })).resources;
    expect(back).toMatchObject({ id: resources[0]!.id, name: 'first', format: 'PDF', url: '' });
  });

  it('finds the dataset by name or id, and the name in `name`', async () => {
    const { id } = await create('found');
    for (const reference of [{ id }, { id: 'found' }, { name: 'found' }])
      expect(await test.must('package_update', reference, editor)).toMatchObject({ id });
    expect(await test.call('package_update', editor, { title: 'x' })).toEqual({
      error: { id: 'Missing value' },
      status: 409,
    });
  });

  it('leaves alone a group in which the caller has no part', async () => {
    const { id } = (await test.must('package_create', {
      name: 'grouped',
      owner_org: organization,
      groups: [{ id: group }],
    })) as Shown;
    expect((await patch(id, { groups: [] })).groups).toMatchObject([{ name: 'water' }]);
    const after = (await test.must('package_patch', { id, groups: [] })) as Shown;
    expect(after.groups).toEqual([]);
  });

  it.each([
    ['a NUL in a text', { notes: 'a\0b' }],
    ['a NUL in the JSON of an extra of a resource', { resources: [{ url: 'u', odd: { deep: 'a\0' } }] }],
    ['half of a surrogate pair', { extras: [{ key: 'k', value: '\ud800' }] }],
    ['a title beyond an index', { title: Array.from({ length: 9000 }, (_, i) => i.toString(36)).join('') }],
  ])('refuses %s as the client’s error', async (_what, fields) => {
    const answer = await test.call('package_create', editor, {
      name: 'unstorable',
      owner_org: organization,
      ...fields,
    });
    expect(answer).toMatchObject({ status: 409 });
    expect(await test.call('package_show', editor, { id: 'unstorable' })).toMatchObject({ status: 404 });
  });

  it('keeps a text that only looks like an escaped NUL', async () => {
    expect(await create('escaped', { notes: 'a\\u0000b' })).toMatchObject({ notes: 'a\\u0000b' });
  });
});

describe('tags', () => {
  it('are made once however many datasets use them, and go away with their last mention', async () => {
    const { id } = await create('tagged', { tags: [{ name: 'Wet' }, { name: 'wet' }, { name: 'wet' }] });
    expect((await show(id)).tags.map(({ name }) => name)).toEqual(['Wet', 'wet']);
    expect((await patch(id, { tags: [{ name: 'wet' }] })).tags.map(({ name }) => name)).toEqual(['wet']);
    expect((await patch(id, { tags: [{ name: 'Wet' }] })).tags.map(({ name }) => name)).toEqual(['Wet']);
    const rows = await test.site.db.rows(`SELECT 1 FROM tag WHERE name IN ('Wet', 'wet')`);
    expect(rows).toHaveLength(2);
  });

  it('that many datasets make at once in every order are made without a deadlock', async () => {
    const names = Array.from({ length: 12 }, (_, i) => ({ name: `tag number ${i}` }));
    const orders = [names, names.toReversed(), [...names.slice(6), ...names.slice(0, 6)]];
    await Promise.all(
      orders.flatMap((tags, i) => [create(`racing-${i}-a`, { tags }), create(`racing-${i}-b`, { tags })]),
    );
    const rows = await test.site.db.rows(`SELECT 1 FROM tag WHERE name LIKE 'tag number %'`);
    expect(rows).toHaveLength(12);
  });
});

describe('names', () => {
  it('of one dataset are given once when many ask for one at the same moment', async () => {
    const answers: Answer[] = await Promise.all(
      Array.from({ length: 6 }, () =>
        test.call('package_create', editor, { name: 'wanted', owner_org: organization }),
      ),
    );
    const refused = answers.filter((answer) => 'error' in answer);
    expect(refused).toHaveLength(5);
    for (const answer of refused)
      expect(answer).toEqual({ error: { name: ['That URL is already in use.'] }, status: 409 });
  });

  it('of a deleted dataset are free, and it is called by its id from then on', async () => {
    const { id } = await create('reused');
    await test.must('package_delete', { id: 'reused' }, editor);
    expect(await show('reused')).toMatchObject({ id, state: 'deleted' });
    const second = await create('reused');
    expect(await show('reused')).toMatchObject({ id: second.id });
    expect(await show(id)).toMatchObject({ name: id, state: 'deleted' });
    expect(await patch(id, { state: 'active' })).toMatchObject({ name: id, state: 'active' });
  });

  it('of a deleted dataset are not taken by a renaming', async () => {
    const { id } = await create('old-name');
    await test.must('package_delete', { id: (await create('buried')).id }, editor);
    expect(await test.call('package_patch', editor, { id, name: 'buried' })).toEqual({
      error: { name: ['That URL is already in use.'] },
      status: 409,
    });
  });
});

describe('a state that is no text', () => {
  it.each([5, true])('%j is told as it was sent, and stored as text', async (state) => {
    const made = await test.must('package_create', { name: `odd-${state}`, owner_org: 'rivers', state });
    expect(made).toMatchObject({ state });
    expect(await show(`odd-${state}`)).toMatchObject({ state: String(state) });
  });
});

describe('memberships of a deleted dataset', () => {
  beforeAll(() => test.must('group_create', { name: 'deltas' }));

  it.each([
    ['go when it is deleted by its id', (made: { id: string }) => made.id, []],
    ['stay when it is deleted by its name', (made: { name: string }) => made.name, ['deltas']],
  ])('%s', async (_what, reference, groups) => {
    const made = await create(`member-${groups.length}`);
    await test.must('member_create', {
      id: 'deltas',
      object: made.id,
      object_type: 'package',
      capacity: 'public',
    });
    await test.must('package_delete', { id: reference(made) }, editor);
    expect((await test.must('group_show', { id: 'deltas' })) as object).toMatchObject({ package_count: 0 });
    const back = await patch(made.id, { state: 'active' });
    expect((back as { groups: { name: string }[] }).groups.map(({ name }) => name)).toEqual(groups);
  });
});

describe('writers at the same time', () => {
  it('add resources to one dataset and lose none', async () => {
    const { id } = await create('crowded');
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        test.must('resource_create', { package_id: id, name: `r${i}`, url: `http://x.example/${i}` }, editor),
      ),
    );
    const { resources } = await show(id);
    expect(resources.map(({ name }) => name).sort()).toEqual(Array.from({ length: 8 }, (_, i) => `r${i}`));
    expect(resources.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('patch different fields and keep each other’s', async () => {
    const { id } = await create('shared', { title: 'T' });
    await Promise.all([
      patch(id, { notes: 'mine' }),
      patch(id, { url: 'http://yours.example' }),
      patch(id, { extras: [{ key: 'k', value: 'ours' }] }),
    ]);
    expect(await show(id)).toMatchObject({
      ...{ title: 'T', notes: 'mine', url: 'http://yours.example' },
      extras: [{ key: 'k', value: 'ours' }],
    });
  });
});

describe('a write', () => {
  it('asks the same of the database for many resources as for a few', async () => {
    const asked = async (resources: number) => {
      const name = `sized-${resources}`;
      const list = Array.from({ length: resources }, (_, i) => ({
        url: `http://x.example/${i}`,
        name: `r${i}`,
        format: 'PNG',
      }));
      const statements = watching();
      await create(name, { resources: list, tags: list.map((_, i) => ({ name: `t${resources} ${i}` })) });
      await patch(name, {
        resources: list.toReversed(),
        extras: list.map((_, i) => ({ key: `k${i}`, value: 'v' })),
      });
      return statements.stop();
    };
    const few = await asked(3);
    expect(few.length).toBeGreaterThan(20);
    expect(await asked(200)).toEqual(few);
  });

  it('that fails leaves nothing behind', async () => {
    const before = await test.site.db.rows('SELECT id FROM activity');
    const answer = await test.call('package_create', test.admin, {
      name: 'undone',
      owner_org: 'water',
      tags: [{ name: 'undone tag' }],
    });
    expect(answer).toEqual({ error: { message: 'Not found: Organization was not found.' }, status: 404 });
    expect(await test.site.db.rows('SELECT id FROM activity')).toHaveLength(before.length);
    expect(await test.site.db.rows(`SELECT 1 FROM tag WHERE name = 'undone tag'`)).toEqual([]);
  });

  /** Notes what the pool's sessions are asked. */
  function watching(): { stop(): string[] } {
    const { pool } = test.site.db;
    const statements: string[] = [];
    const watched = new Map<{ query: unknown }, unknown>();
    const watch = (client: { query: unknown }) => {
      if (watched.has(client)) return;
      const query = client.query as (...args: unknown[]) => unknown;
      watched.set(client, query);
      client.query = (...args: unknown[]) => {
        const [asked] = args as [string | { text: string }];
        statements.push(typeof asked === 'string' ? asked : asked.text);
        return query.apply(client, args);
      };
    };
    pool.on('acquire', watch as never);
    return {
      stop: () => {
        pool.off('acquire', watch as never);
        for (const [client, query] of watched) client.query = query;
        // The index has statements of its own, and folds its statistics when they have grown.
        return statements.filter((statement) => !statement.includes('portolan.'));
      },
    };
  }
});

describe('package_delete', () => {
  it('takes the dataset out of its groups, keeps its time, and may be repeated', async () => {
    const { id, metadata_modified } = (await test.must('package_create', {
      name: 'ended',
      owner_org: organization,
      groups: [{ name: 'water' }],
    })) as Shown;
    await test.must('package_delete', { id: 'ended' }, editor);
    await test.must('package_delete', { id }, editor);
    expect(await show(id)).toMatchObject({ state: 'deleted', groups: [], metadata_modified });
    expect(await typesOf(id)).toEqual(['deleted package', 'deleted package', 'new package']);
  });
});

describe('dataset_purge', () => {
  it('leaves no row but the activities', async () => {
    const { id, resources } = await create('purged', { ...full, resources: [{ url: 'u', format: 'PNG' }] });
    const views = () =>
      test.site.db.rows('SELECT 1 FROM resource_view WHERE resource_id = $1', [resources[0]!.id]);
    expect(await views()).toHaveLength(1);
    await test.must('follow_dataset', { id }, editor);
    await test.must('dataset_purge', { id });
    for (const statement of [
      'SELECT 1 FROM package WHERE id = $1',
      'SELECT 1 FROM resource WHERE package_id = $1',
      'SELECT 1 FROM package_extra WHERE package_id = $1',
      'SELECT 1 FROM package_tag WHERE package_id = $1',
      'SELECT 1 FROM member WHERE table_id = $1',
      'SELECT 1 FROM user_following_dataset WHERE object_id = $1',
      'SELECT 1 FROM portolan.dataset_document WHERE package_id = $1',
    ])
      expect(await test.site.db.rows(statement, [id])).toEqual([]);
    expect(await views()).toEqual([]);
    expect(await test.site.db.rows('SELECT 1 FROM activity WHERE object_id = $1', [id])).not.toEqual([]);
  });
});

describe('bulk_update_private', () => {
  it('changes the organisation’s own datasets, and complains of an unknown one afterwards', async () => {
    const { id } = await create('in-bulk');
    const boss = await test.account('boss');
    await test.must('organization_member_create', { id: organization, username: 'boss', role: 'admin' });
    const ask = (datasets: string[]) =>
      test.call('bulk_update_private', boss, { datasets, org_id: organization });
    expect(await ask([id, 'nothing'])).toEqual({ error: { message: 'Not found: package' }, status: 404 });
    expect(await show(id)).toMatchObject({ private: true });
    expect(await test.call('bulk_update_private', editor, { datasets: [id], org_id: organization })).toEqual({
      error: { message: 'Access denied' },
      status: 403,
    });
  });
});
