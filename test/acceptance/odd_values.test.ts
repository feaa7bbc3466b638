import { beforeAll, describe, expect, it } from 'vitest';
import { call, newName, newWord, succeed } from './client.ts';

// What CKAN 2.11.5 answers when a parameter is there and is not what it should be. Each row was asked of it, but for
// those under “where CKAN fails with a 500”: there the answer is our own, in the shape of its errors.

const word = newWord();
const made = {
  user: newName(word),
  dataset: newName(word),
  group: newName(word),
  organization: newName(word),
  activity: '',
  stranger: '',
  editor: '',
};

beforeAll(async () => {
  for (const name of [made.user, newName('other')]) {
    await succeed('user_create', { name, email: `${name}@example.org`, password: 'a long password' });
    made.stranger = (await succeed('api_token_create', { user: name, name: 'test' })).token;
  }
  await succeed('group_create', { name: made.group, title: `${word} 170017 true` });
  const editor = newName('editor');
  await succeed('user_create', { name: editor, email: `${editor}@example.org`, password: 'a long password' });
  made.editor = (await succeed('api_token_create', { user: editor, name: 'test' })).token;
  await succeed('organization_create', {
    name: made.organization,
    title: `${word} 170017 true`,
    users: [{ name: editor, capacity: 'editor' }],
  });
  await succeed('package_create', { name: made.dataset, owner_org: made.organization });
  await succeed('package_patch', { id: made.dataset, notes: 'Changed' });
  const [activity] = await succeed('package_activity_list', { id: made.dataset });
  made.activity = activity.id;
});

/** Status and error of a call, or nothing but the status of one that succeeds. */
async function answer(action: string, params: object, token?: string | null) {
  const { status, body } = await call(action, params, token);
  if (!body.error) return [status];
  const { __type, ...fields } = body.error;
  return [status, fields];
}

const invalid = (fields: object) => [409, fields];
const missing = (...names: string[]) =>
  invalid(Object.fromEntries(names.map((name) => [name, ['Missing value']])));
const notFound = (words?: string) => [404, { message: words ? `Not found: ${words}` : 'Not found' }];
const denied = (words?: string) => [403, { message: words ? `Access denied: ${words}` : 'Access denied' }];

describe('a list of objects, which counts as not sent', () => {
  const objects = [{}];
  it.each([
    ['package_autocomplete', { q: objects }, missing('q')],
    ['package_list', { limit: objects, offset: objects }, [200]],
    ['member_create', { id: objects }, missing('id', 'object', 'object_type', 'capacity')],
    ['member_create', { id: 'x', object: 'x', object_type: 'user', capacity: objects }, missing('capacity')],
    ['member_delete', { id: objects, object: 'x' }, missing('id', 'object_type')],
    ['organization_member_create', { id: objects, username: objects }, missing('id', 'username', 'role')],
    ['group_show', { id: objects }, missing('id')],
    ['organization_show', { id: objects }, missing('id')],
    ['resource_create', { package_id: objects }, missing('package_id')],
    ['package_patch', { id: objects }, missing('id')],
    ['resource_patch', { id: objects }, missing('id')],
    ['package_revise', { match: objects }, invalid({ match__id: 'Missing value' })],
    ['package_resource_reorder', { id: 'x', order: objects }, missing('order')],
    ['resource_view_create', { resource_id: objects, view_type: objects }, missing('resource_id')],
    ['resource_view_create', { resource_id: 'x', view_type: objects }, missing('view_type')],
    ['resource_view_reorder', { id: objects, order: objects }, missing('id', 'order')],
    ['package_create_default_resource_views', { package: objects }, missing('package')],
    ['resource_create_default_resource_views', { resource: objects }, missing('resource')],
    ['package_relationship_create', { subject: 'x', object: objects }, missing('object', 'type')],
    ['package_relationship_delete', { subject: objects, object: 'x', type: 'x' }, missing('subject')],
    ['task_status_show', { entity_id: objects, task_type: 'x', key: 'x' }, missing('entity_id')],
    ['term_translation_show', { terms: objects }, missing('terms')],
    ['term_translation_show', { terms: 'x', lang_codes: objects }, missing('lang_codes')],
    ['resource_search', { query: objects }, invalid({ query: 'Missing value' })],
    ['config_option_show', { key: objects }, missing('key')],
    ['api_token_revoke', { token: objects }, missing('token')],
    ['am_following_dataset', { id: objects }, missing('id')],
    ['group_follower_count', { id: objects }, missing('id')],
    ['followee_list', { id: objects }, missing('id')],
    ['tag_delete', { id: objects }, missing('id')],
    ['package_collaborator_delete', { id: objects, user_id: 'x' }, missing('id')],
    ['api_token_create', { user: objects, name: objects }, missing('user', 'name')],
    ['activity_data_show', { id: objects }, missing('id')],
    ['tag_create', { name: objects, vocabulary_id: objects }, missing('name', 'vocabulary_id')],
  ])('is missing from %s %j', async (action, params, expected) => {
    expect(await answer(action, params)).toEqual(expected);
  });

  it('is refused by its paths in a dataset, whose other errors are told too', async () => {
    const dataset = { owner_org: made.organization, title: [{ a: 1, b: 2 }], notes: [{ c: 1 }] };
    expect(await answer('package_create', dataset)).toEqual(
      invalid({
        name: ['Missing value'],
        __junk: [
          "The input field [('title', 0, 'a'), ('title', 0, 'b'), ('notes', 0, 'c')] was not expected.",
        ],
      }),
    );
  });

  it('holds nothing but objects', async () => {
    const dataset = { name: newName('dataset'), owner_org: made.organization, title: [{ a: 1 }, 'b'] };
    const { status, body } = await call('package_create', dataset);
    expect([status, body.error?.message]).toEqual([400, 'Values in lists need to be dicts']);
  });
});

it.each(['package_autocomplete', 'user_autocomplete'])('%s misses only what is absent', async (action) => {
  for (const q of ['', null]) expect(await answer(action, { q })).toEqual([200]);
  expect(await answer(action, {})).toEqual(missing('q'));
});

it.each(['group_autocomplete', 'organization_autocomplete'])(
  '%s finds all by the empty text',
  async (action) => {
    expect(await answer(action, { q: '' })).toEqual([200]);
  },
);

describe('activity_create', () => {
  const sent = () => ({ user_id: made.user, object_id: made.activity, activity_type: 'new package' });

  it.each([
    [{ activity_type: undefined }, missing('activity_type', 'object_id')],
    [
      { activity_type: 'x' },
      invalid({
        activity_type: ['Not found: Activity type'],
        object_id: ['There is no object_id validator for activity type "x"'],
      }),
    ],
    [
      { activity_type: null },
      invalid({
        activity_type: ['Missing value'],
        object_id: ['There is no object_id validator for activity type "None"'],
      }),
    ],
    [{}, invalid({ object_id: ['Not found: Dataset'] })],
  ])('with %j', async (change, expected) => {
    expect(await answer('activity_create', { ...sent(), ...change })).toEqual(expected);
  });

  it.each([
    [0, {}],
    [false, {}],
    [{}, {}],
    [[], []],
    [7, 7],
    [['a'], ['a']],
  ])('keeps the data %j', async (data, kept) => {
    const { id } = await succeed('package_show', { id: made.dataset });
    const activity = await succeed('activity_create', { ...sent(), object_id: id, data });
    expect((await succeed('activity_show', { id: activity.id, include_data: true })).data).toEqual(kept);
  });
});

describe('an activity’s data', () => {
  it.each([
    ['activity_data_show', { object_type: 'x' }, notFound('Could not find that object_type in the activity')],
    ['activity_data_show', { object_type: 7 }, notFound('Could not find that object_type in the activity')],
    ['activity_data_show', { object_type: null }, [200]],
    ['activity_data_show', { object_type: [] }, [200]],
    [
      'activity_diff',
      { object_type: 'package', diff_type: null },
      invalid({ message: 'diff_type not recognized' }),
    ],
    [
      'activity_diff',
      { object_type: 'package', diff_type: 7 },
      invalid({ message: 'diff_type not recognized' }),
    ],
    ['activity_diff', { object_type: 'x' }, notFound('Could not find object in the activity data')],
  ])('by %s with %j', async (action, params, expected) => {
    expect(await answer(action, { id: made.activity, ...params })).toEqual(expected);
  });
});

describe('a caller who is no sysadmin', () => {
  it.each([
    ['package_activity_list', { id: '' }, invalid({ message: 'Missing id, can not get Package object' })],
    ['package_activity_list', { id: null }, invalid({ message: 'Missing id, can not get Package object' })],
    ['package_activity_list', {}, missing('id')],
    [
      'activity_diff',
      { id: '', object_type: 'package' },
      invalid({ message: 'Missing id, can not get Activity object' }),
    ],
    ['activity_diff', { id: '' }, missing('object_type')],
    ['user_followee_list', {}, denied('Not authorized')],
    ['dataset_followee_list', { id: null }, denied('Not authorized')],
    ['api_token_create', { user: 'admin', name: '' }, denied()],
    ['api_token_create', { user: newName('nobody'), name: '' }, notFound('User not found')],
    ['api_token_create', {}, missing('user', 'name')],
  ])('is answered by %s %j', async (action, params, expected) => {
    expect(await answer(action, params, made.stranger)).toEqual(expected);
  });
});

it.each([
  [null, 'None'],
  [true, 'True'],
  ['x', 'x'],
])('config_option_show names the key that it does not show: %j', async (key, words) => {
  expect(await answer('config_option_show', { key })).toEqual(
    invalid({ message: `Configuration option '${words}' can not be shown` }),
  );
});

describe('member_create', () => {
  const sent = () => ({ id: made.group, object: made.user, object_type: 'user', capacity: 'member' });
  it.each([
    [{ object_type: 'USER' }, [200]],
    [{ object_type: 'naïve_tea' }, invalid({ message: "Naïve_Tea isn't a valid model" })],
  ])('with %j', async (change, expected) => {
    expect(await answer('member_create', { ...sent(), ...change })).toEqual(expected);
  });
});

describe('task_status_update_many', () => {
  it.each([
    ['', [200]],
    [[], [200]],
    [{}, [200]],
    [[null], missing('entity_id', 'entity_type', 'task_type', 'key')],
    [[{}], missing('entity_id', 'entity_type', 'task_type', 'key')],
  ])('of %j', async (data, expected) => {
    expect(await answer('task_status_update_many', { data })).toEqual(expected);
  });
});

it('a task status with an id has to be there already', async () => {
  const status = { entity_id: newName('entity'), entity_type: 'package', task_type: 'x', key: 'k' };
  expect(await answer('task_status_update', { ...status, id: 'x' })).toEqual(
    notFound('TaskStatus was not found.'),
  );
});

it('an account is made without a token whatever is said of it', async () => {
  for (const with_apitoken of ['maybe', [], { a: 1 }, null]) {
    const name = newName('user');
    const fields = { name, email: `${name}@example.org`, password: 'a long password', with_apitoken };
    expect(await answer('user_create', fields)).toEqual([200]);
  }
});

it('a vocabulary keeps its name where it is sent again', async () => {
  const { id, name } = await succeed('vocabulary_create', { name: newName('words'), tags: [] });
  expect((await succeed('vocabulary_update', { id, name, tags: [{ name: 'tea' }] })).name).toBe(name);
  expect(await answer('vocabulary_update', { id, name: null })).toEqual([200]);
  for (const short of ['', 'a', [], ['tea'], { tea: 1 }])
    expect(await answer('vocabulary_update', { id, name: short })).toEqual(
      invalid({ name: ['Name must be at least 2 characters long'] }),
    );
});

it.each(['group_create', 'organization_create'])(
  '%s does nothing with tags, whatever they are',
  async (action) => {
    for (const tags of ['x', [{ name: 'tea' }], { a: 1 }, 7])
      expect(await answer(action, { name: newName('group'), tags })).toEqual([200]);
  },
);

it('what only sysadmins may send may be sent empty by others', async () => {
  for (const id of [null, '', 0, false, [], {}])
    expect(await answer('package_create', { id, owner_org: made.organization }, made.editor)).toEqual(
      missing('name'),
    );
});

describe('a reference that is false in Python', () => {
  it.each([
    ['package_patch', invalid({ name_or_id: ['Missing value'] })],
    ['resource_patch', notFound()],
    ['package_delete', notFound()],
  ])('is answered by %s', async (action, expected) => {
    for (const id of [null, '', [], 0]) expect(await answer(action, { id })).toEqual(expected);
  });

  it('makes relationships that are changed or ended none of theirs', async () => {
    const ends = { subject: made.dataset, object: made.dataset };
    for (const type of [null, '']) {
      expect(await answer('package_relationship_delete', { ...ends, type })).toEqual(notFound());
      expect(await answer('package_relationship_update', { ...ends, type })).toEqual(
        notFound('This relationship between the packages was not found.'),
      );
      expect(await answer('package_relationship_create', { ...ends, type })).toEqual(missing('type'));
    }
  });
});

describe('groups that an editor sends', () => {
  const refused = notFound('Group was not found.');
  it.each([
    ['x', refused],
    [{ a: 1 }, refused],
    [['x'], refused],
    [[''], refused],
    [[null], refused],
    [[[]], refused],
    [[{ name: 'x' }], refused],
    [[{}], missing('name')],
  ])('are looked for before they are validated: %j', async (groups, expected) => {
    expect(await answer('package_create', { owner_org: made.organization, groups }, made.editor)).toEqual(
      expected,
    );
  });
});

it('package_revise says which pattern is no text', async () => {
  for (const name of ['filter', 'include'])
    expect(
      await answer('package_revise', { match: { name: made.dataset }, [name]: ['-x', { a: 1 }] }),
    ).toEqual(invalid({ [name]: ["Not a string: {'a': 1}"] }));
});

it('term_translation_show tells all terms of an empty list, and nothing of an empty list of languages', async () => {
  const term = newWord();
  await succeed('term_translation_update', { term, term_translation: 'thé', lang_code: 'fr' });
  const told = async (params: object) =>
    (await succeed('term_translation_show', params)).filter((one: { term: string }) => one.term === term)
      .length;
  for (const terms of [null, [], {}, 0, false, term, [term], { [term]: 1 }])
    expect(await told({ terms })).toBe(1);
  for (const terms of ['', 'x', [null]]) expect(await told({ terms })).toBe(0);
  for (const lang_codes of [[], {}, '', 'de', [null]])
    expect(await told({ terms: term, lang_codes })).toBe(0);
});

describe('where CKAN fails with a 500', () => {
  const objects = [{}];
  it.each([
    ['group_autocomplete', { q: objects }, missing('q')],
    ['organization_autocomplete', { q: null }, [200]],
    ['organization_autocomplete', {}, missing('q')],
    ['group_autocomplete', {}, missing('q')],
    ['package_relationship_delete', { subject: made.dataset, object: made.dataset, type: 'x' }, notFound()],
    ['group_autocomplete', { q: null }, [200]],
    ['user_show', { id: objects }, notFound()],
    [
      'config_option_show',
      { key: ['a'] },
      invalid({ message: "Configuration option '['a']' can not be shown" }),
    ],
    ['task_status_update_many', {}, missing('data')],
  ])('%s answers %j clearly', async (action, params, expected) => {
    expect(await answer(action, params)).toEqual(expected);
  });

  it.each([
    [true, 'True'],
    [null, 'None'],
  ])('%j is no kind of member', async (object_type, words) => {
    const params = { id: made.group, object: made.user, object_type, capacity: 'member' };
    expect(await answer('member_create', params)).toEqual(
      invalid({ message: `${words} isn't a valid model` }),
    );
  });

  it.each(['group_autocomplete', 'organization_autocomplete'])(
    '%s seeks the JSON of what is no text',
    async (action) => {
      const names = async (q: unknown) =>
        (await succeed(action, { q, limit: 1000 })).map((one: { name: string }) => one.name);
      const name = action.startsWith('group') ? made.group : made.organization;
      for (const q of [170017, true]) expect(await names(q)).toContain(name);
      for (const q of [170018, false, [170017], {}]) expect(await names(q)).not.toContain(name);
    },
  );

  it('an activity keeps a text', async () => {
    const { id } = await succeed('package_show', { id: made.dataset });
    const activity = { user_id: made.user, object_id: id, activity_type: 'new package', data: 'text' };
    const kept = await succeed('activity_create', activity);
    expect((await succeed('activity_show', { id: kept.id, include_data: true })).data).toBe('text');
  });

  it('a task status without an id is a new one, whatever says so', async () => {
    const status = { entity_id: newName('entity'), entity_type: 'package', task_type: 'x' };
    for (const id of [null, '', [], {}, 0, false])
      expect(await answer('task_status_update', { ...status, key: newName('key'), id })).toEqual([200]);
  });
});
