import type { User } from '@portolan/catalogue';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { rowVersionsReader } from '../../../test/harness/row_versions.ts';

let test: TestSite;
let rowVersions: () => Promise<Record<string, string>>;
let editor: User;
beforeAll(async () => {
  test = await testSite();
  editor = await test.account('ed');
  rowVersions = await rowVersionsReader(test.site.db, ['portolan.audit_note']);
});

describe.each(['organization', 'group'])('parents: %s', (kind) => {
  const named = (name: string) => `${name}-${kind}`;
  /** One above the other, the first on top. */
  const chain = async (...names: string[]) => {
    for (const [index, name] of names.entries())
      await test.must(`${kind}_create`, {
        name: named(name),
        groups: index > 0 ? [{ name: named(names[index - 1]!) }] : [],
      });
  };

  it('are never those below, nor itself', async () => {
    await chain('top', 'middle', 'bottom');
    const before = await rowVersions();
    for (const parent of ['top', 'middle', 'bottom'])
      for (const params of [
        { id: named('top'), groups: [{ name: named(parent) }] },
        { id: named('top'), title: 'Changed', groups: [{ name: named(parent), capacity: 'public' }] },
      ])
        for (const verb of ['patch', 'update'])
          expect(await test.call(`${kind}_${verb}`, test.admin, params)).toMatchObject({
            status: 409,
            error: { groups: [{ name: ['This parent would create a loop in the hierarchy'] }] },
          });
    expect(await rowVersions()).toEqual(before);
  });

  it('make no circle when two are put below each other at once', async () => {
    for (const round of [1, 2, 3]) {
      const pair = [`left${round}`, `right${round}`] as const;
      for (const name of pair) await chain(name);
      const put = (id: string, parent: string) =>
        test.call(`${kind}_patch`, test.admin, { id: named(id), groups: [{ name: named(parent) }] });
      const answers = await Promise.all([put(pair[0], pair[1]), put(pair[1], pair[0])]);
      expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    }
  });

  it('are not itself when it is made', async () => {
    const name = named('new');
    await test.must(`${kind}_create`, { name, groups: [{ name }] });
    expect(await test.must(`${kind}_show`, { id: name })).toMatchObject({ groups: [] });
  });
});

// member_create asks about no loop, here as in CKAN, which then fails with a 500 wherever it shows one of them.
describe.each(['organization', 'group'])('parents in a circle: %s', (kind) => {
  const [one, other] = [`one-${kind}`, `other-${kind}`];
  beforeAll(async () => {
    await test.must(`${kind}_create`, { name: one, users: [{ name: 'ed', capacity: 'editor' }] });
    await test.must(`${kind}_create`, { name: other, groups: [{ name: one }] });
    for (const object of [one, other])
      await test.must('member_create', { id: one, object, object_type: 'group', capacity: 'public' });
    await test.must('package_create', {
      name: `leaves-${kind}`,
      owner_org: kind === 'organization' ? other : 'one-organization',
      groups: kind === 'group' ? [{ name: other }] : [],
    });
  });

  it.each([
    [`${kind}_show`, { id: one, include_groups: true }],
    [`${kind}_show`, { id: other, include_datasets: true }],
    [`${kind}_list`, { all_fields: true, include_groups: true, include_users: true }],
    [kind === 'group' ? 'group_list_authz' : 'organization_list_for_user', {}],
    ['member_list', { id: one }],
    ['package_show', { id: `leaves-${kind}` }],
    ['package_search', { q: '*:*', 'facet.field': ['groups', 'organization'] }],
    ['group_package_show', { id: one }],
  ])('is answered by %s %j', async (action, params) => {
    for (const caller of [test.admin, editor])
      expect(await test.call(action, caller, params)).toHaveProperty('result');
  });

  it('may not be given one more parent below it, and can be taken out', async () => {
    const patch = (groups: string[]) =>
      test.call(`${kind}_patch`, test.admin, { id: one, groups: groups.map((name) => ({ name })) });
    expect(await patch([other])).toHaveProperty('status', 409);
    expect(await patch([])).toHaveProperty('result.groups', []);
    await test.must(`${kind}_patch`, { id: other, groups: [] });
    expect(await patch([other])).toHaveProperty('result.groups.0.name', other);
  });
});
