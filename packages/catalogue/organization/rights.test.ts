import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { Params, User } from '../action/call.ts';

// Who may do what: a row an action, a column a caller. `y` is allowed, `n` is 403.
const callers = ['anonymous', 'outsider', 'member', 'editor', 'admin', 'above', 'sysadmin'] as const;
type CallerName = (typeof callers)[number];

const members = ['member', 'editor', 'admin'].map((role) => ({ name: `the-${role}`, capacity: role }));

const table: [action: string, params: Params, allowed: string][] = [
  //                                                                              anon out mem edi adm abo sys
  ['organization_show', { id: 'org' }, 'yyyyyyy'],
  ['organization_show', { id: 'closed' }, 'nnyyyyy'],
  ['member_list', { id: 'org' }, 'yyyyyyy'],
  ['member_list', { id: 'closed' }, 'nnyyyyy'],
  ['organization_patch', { id: 'org', title: 'x' }, 'nnnnyyy'],
  ['organization_update', { id: 'org', title: 'x', users: members, groups: [{ name: 'above' }] }, 'nnnnyyy'],
  ['organization_member_create', { id: 'org', username: 'guest', role: 'member' }, 'nnnnyyy'],
  ['organization_member_delete', { id: 'org', username: 'guest' }, 'nnnnyyy'],
  ['member_create', { id: 'org', object: 'guest', object_type: 'user', capacity: 'member' }, 'nnnnyyy'],
  ['member_delete', { id: 'org', object: 'guest', object_type: 'user' }, 'nnnnyyy'],
  ['member_create', { id: 'group', object: 'set', object_type: 'package', capacity: 'public' }, 'nnyyyny'],
  ['member_delete', { id: 'group', object: 'set', object_type: 'package' }, 'nnyyyny'],
  ['member_create', { id: 'group', object: 'guest', object_type: 'user', capacity: 'member' }, 'nnnnyny'],
  ['group_patch', { id: 'group', title: 'x' }, 'nnnnyny'],
  ['organization_purge', { id: 'org' }, 'nnnnnn-'],
  ['user_patch', { id: 'guest', fullname: 'x' }, 'nnnnnny'],
  ['user_delete', { id: 'nobody-to-delete' }, 'nnnnnn-'],
  ['api_token_create', { user: 'guest', name: 'x' }, 'nnnnnny'],
  ['api_token_list', { user_id: 'guest' }, 'nnnnnny'],
  ['api_token_revoke', { jti: 'x' }, 'nnnnnny'],
  ['vocabulary_create', { name: 'any', tags: [] }, 'nnnnnn-'],
  ['config_option_list', {}, 'nnnnnny'],
  ['config_option_show', { key: 'ckan.site_about' }, 'nnnnnny'],
  ['config_option_update', { 'ckan.site_about': 'x' }, 'nnnnnny'],
  ['job_list', {}, 'nnnnnny'],
  ['job_clear', {}, 'nnnnnny'],
  [
    'task_status_update',
    { entity_id: 'e', entity_type: 't', task_type: 't', key: 'k', value: 'v' },
    'nnnnnny',
  ],
  ['term_translation_update', { term: 't', term_translation: 'u', lang_code: 'de' }, 'nnnnnny'],
  ['get_site_user', {}, 'nnnnnny'],
  ['organization_follower_list', { id: 'org' }, 'nnnnnny'],
  ['followee_list', { id: 'guest' }, 'nnnnnny'],
  ['follow_group', { id: 'org' }, 'nyyyyyy'],
  ['unfollow_group', { id: 'org' }, 'nyyyyyy'],
  ['am_following_group', { id: 'org' }, 'nyyyyyy'],
  ['group_follower_count', { id: 'org' }, 'yyyyyyy'],
  ['package_relationship_create', { subject: 'set', object: 'other', type: 'links_to' }, 'nnnyyyy'],
  ['package_relationships_list', { id: 'set' }, 'yyyyyyy'],
  ['package_relationships_list', { id: 'secret' }, 'nnyyyyy'],
  ['package_collaborator_create', { id: 'set', user_id: 'guest', capacity: 'editor' }, 'nnnnyyy'],
  ['package_collaborator_list', { id: 'set' }, 'nnnnyyy'],
  ['package_collaborator_delete', { id: 'set', user_id: 'guest' }, 'nnnn-yy'],
  ['package_collaborator_list_for_user', { id: 'guest' }, 'nnnnnny'],
];

let test: TestSite;
const users = new Map<CallerName, User>();

beforeAll(async () => {
  test = await testSite();
  test.set({ 'ckan.auth.allow_dataset_collaborators': 'true' });
  for (const name of ['outsider', 'member', 'editor', 'admin', 'above'] as const)
    users.set(name, await test.account(`the-${name}`));
  users.set('sysadmin', test.admin);
  await test.account('guest');
  await test.must('organization_create', {
    name: 'above',
    users: [{ name: 'the-above', capacity: 'admin' }],
  });
  const { id: org } = (await test.must('organization_create', {
    name: 'org',
    users: members,
    groups: [{ name: 'above' }],
  })) as { id: string };
  await test.must('organization_create', { name: 'closed', users: members, groups: [{ name: 'above' }] });
  await test.must('organization_patch', { id: 'closed', state: 'draft' });
  await test.must('group_create', { name: 'group', users: members });
  for (const [name, hidden] of [
    ['set', false],
    ['other', false],
    ['secret', true],
  ])
    await test.site.db.rows(
      `INSERT INTO package (id, name, title, state, type, private, owner_org)
       VALUES ($1::text, $1::text, '', 'active', 'dataset', $2, $3)`,
      [name, hidden, org],
    );
});

describe.each(table)('%s %j', (action, params, allowed) => {
  it.each(
    callers.map((name, index) => [name, allowed[index]] as const).filter(([, verdict]) => verdict !== '-'),
  )('for %s is %s', async (name, verdict) => {
    if (action === 'package_collaborator_delete' && verdict === 'y')
      await test.must('package_collaborator_create', { id: 'set', user_id: 'guest', capacity: 'member' });
    const answer = await test.call(action, users.get(name), params);
    expect('result' in answer ? 'y' : answer.status === 403 ? 'n' : answer).toBe(verdict);
  });
});

describe('a deleted account', () => {
  it('is refused even what is everybody’s', async () => {
    const gone = await test.account('the-gone');
    await test.must('user_delete', { id: 'the-gone' });
    expect(await test.call('organization_show', gone, { id: 'org' })).toEqual({
      error: { message: 'Access denied' },
      status: 403,
    });
  });
});
