import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestSite, testSite } from '../../test/harness/accounts.ts';
import type { Params, User } from './action/call.ts';

// How many statements an action takes, BEGIN and COMMIT included: the same whether the catalogue, a list or a dataset
// is small or ten times that.

let test: TestSite;
let editor: User;
const query = vi.spyOn(pg.Client.prototype, 'query');
afterAll(() => query.mockRestore());

beforeAll(async () => {
  test = await testSite();
  editor = await test.account('editor');
  await test.must('organization_create', { name: 'tea', users: [{ name: 'editor', capacity: 'editor' }] });
  await test.must('group_create', { name: 'leaves' });
  await grow(2);
});

let size = 0;
/** Adds to everything that is listed. */
async function grow(more: number): Promise<void> {
  for (const last = size + more; size < last; size++) {
    await test.account(`user-${size}`);
    await test.must('organization_create', { name: `org-${size}` });
    await test.must('organization_member_create', { id: 'tea', username: `user-${size}`, role: 'member' });
    await test.must('package_create', {
      name: `dataset-${size}`,
      owner_org: 'tea',
      groups: [{ name: 'leaves' }],
      tags: [{ name: `tag-${size}` }],
      resources: [{ url: 'http://example.org/a.csv' }, { url: 'http://example.org/b.csv' }],
    });
    await test.must('follow_dataset', { id: `dataset-${size}` }, editor);
    const follower = await test.account(`follower-${size}`);
    await test.must('follow_dataset', { id: 'dataset-0' }, follower);
  }
}

async function count(action: string, params: Params, caller: User | undefined): Promise<number> {
  query.mockClear();
  const answer = await test.call(action, caller, params);
  if ('error' in answer) throw new Error(`${action}: ${JSON.stringify(answer.error)}`);
  // One that the test's harness asks for the caller.
  return query.mock.calls.length - (caller ? 1 : 0);
}

/** With the most statements that it may take. */
const reads: [string, Params, number][] = [
  ['package_show', { id: 'dataset-0' }, 1],
  ['package_search', { q: '*:*', rows: 50, 'facet.field': ['tags', 'organization'] }, 4],
  ['package_search', { q: 'dataset', fq: 'organization:tea', include_private: true, rows: 50 }, 4],
  ['package_list', {}, 1],
  ['package_autocomplete', { q: 'dataset' }, 4],
  ['current_package_list_with_resources', { limit: 50 }, 3],
  ['resource_search', { query: 'url:example' }, 1],
  [
    'organization_list',
    { all_fields: true, include_extras: true, include_users: true, include_groups: true },
    6,
  ],
  ['organization_show', { id: 'tea', include_datasets: true }, 10],
  ['group_show', { id: 'leaves', include_datasets: true }, 9],
  ['organization_list', {}, 1],
  ['organization_autocomplete', { q: 'org' }, 1],
  ['group_list', { all_fields: true, include_users: true }, 6],
  ['group_package_show', { id: 'leaves' }, 4],
  ['group_list_authz', {}, 2],
  ['member_list', { id: 'tea' }, 2],
  ['member_list', { id: 'leaves', object_type: 'package' }, 2],
  ['dataset_followee_list', { id: 'editor' }, 3],
  ['organization_list_for_user', {}, 1],
  ['user_list', {}, 1],
  ['user_autocomplete', { q: 'user' }, 1],
  ['user_show', { id: 'editor', include_datasets: true }, 4],
  ['tag_list', { all_fields: true }, 1],
  ['tag_search', { query: 'tag' }, 2],
  ['tag_show', { id: 'tag-0', include_datasets: true }, 3],
  ['followee_list', { id: 'editor' }, 12],
  ['package_activity_list', { id: 'dataset-0' }, 3],
  ['user_activity_list', { id: 'editor' }, 3],
  ['organization_activity_list', { id: 'tea' }, 3],
  ['recently_changed_packages_activity_list', {}, 2],
  ['dashboard_activity_list', {}, 3],
  ['dashboard_new_activities_count', {}, 3],
  ['changes_list', { include: 'document' }, 8],
];

/** What only sysadmins may read. */
const administration: [string, Params, number][] = [['dataset_follower_list', { id: 'dataset-0' }, 3]];

const calls = () => [
  ...reads.map((read) => [...read, editor] as const),
  ...[...reads, ...administration].map((read) => [...read, test.admin] as const),
];
const nameOf = (action: string, params: Params, caller: User) =>
  `${action} ${JSON.stringify(params)} ${caller.name}`;

describe('a read', () => {
  const counts = async () => {
    const found: Record<string, number> = {};
    for (const [action, params, , caller] of calls())
      found[nameOf(action, params, caller)] = await count(action, params, caller);
    return found;
  };

  it('takes a fixed number of statements, however much there is to read', async () => {
    // Some things a process asks once, and what a search has looked up is remembered until something changes.
    await counts();
    const few = await counts();
    await grow(18);
    await counts();
    const many = await counts();
    expect(many).toEqual(few);
    const beyond = calls()
      .map(([action, params, most, caller]) => ({ name: nameOf(action, params, caller), most }))
      .filter(({ name, most }) => many[name]! > most);
    expect(beyond).toEqual([]);
  });

  it('of collaborators takes as many statements for ten as for one', async () => {
    test.set({ 'ckan.auth.allow_dataset_collaborators': 'true' });
    const counts: number[] = [];
    for (const [first, last] of [
      [0, 1],
      [1, 10],
    ] as const) {
      for (let one = first; one < last; one++) {
        const account = { user_id: `user-${one}`, capacity: 'member' };
        await test.must('package_collaborator_create', { id: 'dataset-0', ...account });
      }
      counts.push(await count('package_collaborator_list', { id: 'dataset-0' }, test.admin));
    }
    test.set({});
    expect(counts).toEqual([2, 2]);
  });
});

describe('a write', () => {
  it.each([
    ['package_patch', { notes: 'x' }, 40],
    ['package_update', { name: 'x', title: 'y' }, 40],
    ['package_delete', {}, 40],
    ['dataset_undelete', {}, 40],
  ])('%s takes as many statements for a hundred resources as for one', async (action, params, most) => {
    const counts: number[] = [];
    // The first brings words that are new to the index, which take a statement of their own.
    for (const [at, resources] of [1, 1, 100].entries()) {
      const name = `${action.replaceAll('_', '-')}-${at}`;
      const made = (await test.must('package_create', {
        name,
        owner_org: 'tea',
        resources: Array.from({ length: resources }, (_, one) => ({ url: `http://example.org/${one}.csv` })),
      })) as { id: string; resources: object[] };
      if (action === 'dataset_undelete') await test.must('package_delete', { id: name });
      const sent = action === 'package_update' ? { ...params, name, resources: made.resources } : params;
      counts.push(await count(action, { id: name, ...sent }, test.admin));
    }
    expect(counts[2]).toBe(counts[1]);
    expect(Math.max(...counts)).toBeLessThanOrEqual(most);
  });
});
