import { beforeAll, describe, expect, it } from 'vitest';
import { call, newName, succeed } from './client.ts';

// What CKAN 2.11.5 answers when a parameter is not there, or is there and says nothing. Each row was asked of it.

const made = { user: newName('user'), dataset: newName('dataset'), group: newName('group') };

beforeAll(async () => {
  await succeed('user_create', {
    name: made.user,
    email: `${made.user}@example.org`,
    password: 'a long password',
  });
  await succeed('group_create', { name: made.group });
  const owner_org = newName('org');
  await succeed('organization_create', { name: owner_org });
  await succeed('package_create', { name: made.dataset, owner_org });
});

const answer = async (action: string, params: object) => {
  const { status, body } = await call(action, params);
  const { __type, ...fields } = body.error ?? { __type: '' };
  return [status, fields];
};

const missing = (...names: string[]) => [
  409,
  Object.fromEntries(names.map((name) => [name, ['Missing value']])),
];
const nothing = (what?: string) => [404, { message: what ? `Not found: ${what}` : 'Not found' }];

const nullAndEmpty = [null, ''];

describe.each([
  ['member_list', undefined],
  ['resource_show', undefined],
  ['resource_view_show', undefined],
  ['resource_view_list', undefined],
  ['resource_view_delete', undefined],
  ['group_package_show', undefined],
  ['package_activity_list', undefined],
  ['user_activity_list', undefined],
  ['activity_show', undefined],
  ['activity_data_show', undefined],
  ['task_status_delete', undefined],
  ['job_show', undefined],
  ['user_patch', undefined],
  ['package_collaborator_list', 'Package not found'],
  ['dataset_purge', 'Dataset was not found'],
  ['group_delete', 'Group was not found.'],
])('%s', (action, words) => {
  it('misses its id only where none is sent', async () => {
    expect(await answer(action, {})).toEqual(missing('id'));
    for (const id of nullAndEmpty) expect(await answer(action, { id })).toEqual(nothing(words));
  });
});

describe.each([
  ['user_follower_count', 'User'],
  ['user_follower_list', 'User'],
  ['am_following_user', 'User'],
  ['dataset_follower_count', 'Dataset'],
  ['followee_count', 'User'],
  ['followee_list', 'User'],
  ['user_followee_list', 'User'],
])('%s', (action, title) => {
  it('misses its id where it is null or empty, but not where it is 0 or false', async () => {
    for (const id of [undefined, null, '', [], {}])
      expect(await answer(action, { id })).toEqual(missing('id'));
    for (const id of [0, false, newName('nothing')])
      expect(await answer(action, { id })).toEqual([409, { id: [`Not found: ${title}`] }]);
  });
});

it('a user that is deleted is named as it was sent', async () => {
  expect(await answer('user_delete', { id: null })).toEqual(nothing('User "None" was not found.'));
  expect(await answer('user_delete', { id: '' })).toEqual(nothing('User "" was not found.'));
});

describe.each(['member_create', 'member_delete'])('%s', (action) => {
  const sent = () => ({ id: made.group, object: made.user, object_type: 'user', capacity: 'member' });
  it.each([
    [{ id: null }, nothing('Group was not found.')],
    [{ id: '' }, nothing('Group was not found.')],
    [{ object: null }, nothing('User was not found.')],
    [{ object: '' }, nothing('User was not found.')],
    [{ object_type: '' }, [409, { message: " isn't a valid model" }]],
    [{ object: undefined }, missing('object')],
    [{ object: undefined, object_type: undefined }, missing('object', 'object_type')],
  ])('with %j', async (change, expected) => {
    expect(await answer(action, { ...sent(), ...change })).toEqual(expected);
  });
});

describe('package_relationship_create', () => {
  it.each([
    [{ subject: null }, nothing('Subject package None was not found.')],
    [{ subject: '' }, nothing("Subject package '' was not found.")],
    [{ object: '' }, nothing("Object package '' was not found.")],
    [{ type: '' }, missing('type')],
    [{ type: null }, missing('type')],
  ])('with %j', async (change, expected) => {
    const sent = { subject: made.dataset, object: made.dataset, type: 'child_of' };
    expect(await answer('package_relationship_create', { ...sent, ...change })).toEqual(expected);
  });
});

it.each([
  ['task_status_show', {}, missing('entity_id')],
  ['task_status_show', { entity_id: null, task_type: '', key: '' }, nothing()],
  ['task_status_show', { entity_id: 'x', task_type: 'x' }, missing('key')],
  ['resource_view_create', {}, missing('resource_id')],
  ['resource_view_create', { resource_id: 'x' }, missing('view_type')],
  [
    'resource_view_create',
    { resource_id: 'x', view_type: null },
    [409, { view_type: 'No plugin found for view_type None' }],
  ],
  [
    'resource_view_create',
    { resource_id: 'x', view_type: true },
    [409, { view_type: 'No plugin found for view_type True' }],
  ],
  ['resource_view_reorder', {}, missing('id', 'order')],
  ['resource_view_reorder', { id: '', order: [] }, nothing('Resource was not found.')],
  ['package_collaborator_list_for_user', {}, missing('id')],
  ['package_collaborator_list_for_user', { id: '' }, [409, { message: 'Dataset collaborators not enabled' }]],
  [
    'package_collaborator_delete',
    { id: '', user_id: null },
    [409, { message: 'Dataset collaborators not enabled' }],
  ],
  [
    'package_collaborator_create',
    { id: 'x', user_id: 'x', capacity: '' },
    [409, { message: 'Role must be one of "editor, member"' }],
  ],
  ['package_collaborator_create', { id: '', user_id: 'x', capacity: 'editor' }, nothing('Dataset not found')],
])('%s %j', async (action, params, expected) => {
  expect(await answer(action, params)).toEqual(expected);
});

describe('resource_view_create', () => {
  let view: { resource_id: string; view_type: string; title: string };
  beforeAll(async () => {
    const resource = await succeed('resource_create', {
      package_id: made.dataset,
      url: 'http://example.org/a.png',
    });
    view = { resource_id: resource.id, view_type: 'image_view', title: 'A' };
  });

  it.each([[null], ['']])('makes an id of its own where it is %j', async (id) => {
    expect((await succeed('resource_view_create', { ...view, id })).id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses what is no id, or one that is there', async () => {
    expect(await answer('resource_view_create', { ...view, id: 'x' })).toEqual([
      409,
      { id: ['Invalid id provided'] },
    ]);
    const { id } = await succeed('resource_view_create', view);
    expect(await answer('resource_view_create', { ...view, id })).toEqual([
      409,
      { id: ['ResourceView id already exists'] },
    ]);
  });
});

it.each([['created_at'], ['last_access']])(
  'a token is made now and was never used where %s is empty',
  async (name) => {
    await succeed('api_token_create', { user: made.user, name, [name]: '' });
    const tokens = await succeed('api_token_list', { user_id: made.user });
    const token = tokens.find((one: { name: string }) => one.name === name);
    expect(Math.abs(Date.parse(`${token.created_at}Z`) - Date.now())).toBeLessThan(3_600_000);
    expect(token.last_access).toBe(null);
  },
);
