import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';

let test: TestSite;
let ada: User;
let bob: User;

beforeAll(async () => {
  test = await testSite();
  ada = await test.account('ada');
  bob = await test.account('bob', { fullname: 'Bob B' });
  await test.must('organization_create', { name: 'org', title: 'Org' });
  await test.must('group_create', { name: 'group', title: 'Group' });
  await test.site.db.rows(
    `INSERT INTO package (id, name, title, state, type) VALUES ('d', 'set', 'Set', 'active', 'dataset')`,
  );
});

describe('following', () => {
  it('twice, also at once, is following once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => test.must('follow_dataset', { id: 'set' }, ada)));
    expect(answers[1]).toEqual(answers[0]);
    expect(await test.must('dataset_follower_count', { id: 'd' })).toBe(1);
  });

  it.each([
    ['follow_dataset', 'Error validating the schema of the dataset to follow.'],
    ['follow_group', 'Error validating the schema of the group to follow.'],
    ['follow_user', 'Error validating the schema of the user to follow.'],
    ['unfollow_user', 'Error validating the schema of the object to unfollow.'],
  ])('by %s of nothing there is told', async (action, message) => {
    for (const params of [{}, { id: 'none' }, { id: 5 }, { id: 'a\0' }])
      expect(await test.call(action, ada, params)).toEqual({ error: { message }, status: 409 });
  });

  it('oneself is refused', async () => {
    expect(await test.call('follow_user', ada, { id: 'ada' })).toEqual({
      error: { message: 'You cannot follow yourself' },
      status: 409,
    });
  });

  it('ends, and ends again', async () => {
    await test.must('follow_user', { id: 'bob' }, ada);
    expect(await test.must('am_following_user', { id: 'bob' }, ada)).toBe(true);
    await test.must('unfollow_user', { id: 'bob' }, ada);
    await test.must('unfollow_user', { id: 'bob' }, ada);
    expect(await test.must('am_following_user', { id: 'bob' }, ada)).toBe(false);
  });
});

describe('followee_list', () => {
  beforeAll(async () => {
    for (const [kind, id] of [
      ['user', 'ada'],
      ['dataset', 'set'],
      ['group', 'group'],
      ['group', 'org'],
    ])
      await test.must(`follow_${kind}`, { id }, bob);
  });
  const told = async (params: object) =>
    (
      (await test.must('followee_list', { id: 'bob', ...params }, bob)) as {
        type: string;
        display_name: string;
      }[]
    ).map(({ type, display_name }) => [type, display_name]);

  it('tells everything with its kind', async () => {
    expect(await told({})).toEqual([
      ['user', 'ada'],
      ['dataset', 'Set'],
      ['group', 'Group'],
      ['organization', 'Org'],
    ]);
  });

  it('is narrowed by the beginning of a name', async () => {
    expect(await told({ q: 'se' })).toEqual([['dataset', 'Set']]);
    expect(await told({ q: 'rg' })).toEqual([]);
  });

  it('leaves out what was deleted', async () => {
    await test.must('user_delete', { id: 'ada' });
    await test.must('group_delete', { id: 'group' });
    expect((await told({})).map(([type]) => type)).toEqual(['dataset', 'organization']);
    expect(await test.must('dataset_follower_count', { id: 'd' })).toBe(1);
  });
});
