import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';

let test: TestSite;
let ada: User;
let bob: User;

beforeAll(async () => {
  test = await testSite();
  ada = await test.account('ada', { fullname: 'Ada L', about: 'About' });
  bob = await test.account('bob');
});

const person = { name: 'new-one', email: 'new@people.test', password: 'long-enough' };

describe('user_create', () => {
  it.each([
    [{ name: '' }, { name: ['Missing value'] }],
    [{ name: 'x' }, { name: ['Must be at least 2 characters long'] }],
    [{ name: 55 }, { name: ['Names must be strings', 'User names must be strings'] }],
    [{ name: 'ada' }, { name: ['That login name is not available.'] }],
    [{ email: '' }, { email: ['Missing value'] }],
    [{ email: 'bad' }, { email: ['Email bad is not a valid format'] }],
    [
      { email: 'ADA@people.TEST' },
      { email: ["The email address 'ADA@people.TEST' belongs to a registered user."] },
    ],
    [{ password: '' }, { password: ['Missing value'] }],
    [{ password: null }, { password: ['Passwords must be strings', 'Missing value'] }],
    [{ password: 'short' }, { password: ['Your password must be 8 characters or longer'] }],
    [
      { about: 'see https://spam.test' },
      { about: ['Edit not allowed as it looks like spam. Please avoid links in your description.'] },
    ],
    [{ id: 'x' }, { id: ['Invalid id provided'] }],
    [{ plugin_extras: 'x' }, { plugin_extras: ['The value should be a valid JSON object'] }],
  ])('refuses %j', async (fields, error) => {
    expect(await test.call('user_create', test.admin, { ...person, ...fields })).toEqual({
      error,
      status: 409,
    });
  });

  it('compares addresses literally, not as patterns', async () => {
    await test.account('under', { email: 'a_c@people.test' });
    expect(
      await test.call('user_create', test.admin, { ...person, name: 'abc', email: 'abc@people.test' }),
    ).toHaveProperty('result.name', 'abc');
  });

  it('is for sysadmins, unless the settings open it', async () => {
    const refused = { message: 'Access denied: User  not authorized to create users via the API' };
    expect(await test.call('user_create', undefined, person)).toEqual({ error: refused, status: 403 });
    test.set({ 'ckan.auth.create_user_via_api': 'true' });
    const made = await test.call('user_create', undefined, {
      ...person,
      name: 'self-made',
      email: 'self@people.test',
      sysadmin: true,
      state: 'pending',
    });
    test.set({});
    expect(made).toMatchObject({ result: { sysadmin: false, state: 'active', email: 'self@people.test' } });
  });

  it('of two with one name makes one, and refuses the other as one who comes late', async () => {
    const answers = await Promise.all(
      [1, 2].map((number) =>
        test.call('user_create', test.admin, { ...person, name: 'twin', email: `twin${number}@people.test` }),
      ),
    );
    expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    expect(answers).toContainEqual({ error: { name: ['That login name is not available.'] }, status: 409 });
  });

  it('of two with one address makes one', async () => {
    const answers = await Promise.all(
      ['mail-1', 'mail-2'].map((name) =>
        test.call('user_create', test.admin, { ...person, name, email: 'same@people.test' }),
      ),
    );
    expect(answers.filter((answer) => 'result' in answer)).toHaveLength(1);
    expect(answers).toContainEqual({
      error: { email: ["The email address 'same@people.test' belongs to a registered user."] },
      status: 409,
    });
  });
});

describe('what is private of an account', () => {
  const hidden = ['email', 'apikey', 'password', 'password_hash', 'reset_key', 'plugin_extras'];
  it.each([
    ['anonymous callers', () => undefined, []],
    ['others', () => bob, []],
    ['itself', () => ada, ['email', 'apikey']],
    ['sysadmins', () => test.admin, ['email', 'apikey', 'password_hash', 'plugin_extras']],
  ])('is shown to %s as far as it is theirs', async (_, caller, seen) => {
    const params = { id: 'ada', include_password_hash: true, include_plugin_extras: true };
    const answer = (await test.call('user_show', caller(), params)) as { result: object };
    expect(hidden.filter((key) => key in answer.result).sort()).toEqual([...seen].sort());
  });

  it('is in no list of an organisation', async () => {
    await test.must('organization_create', { name: 'listed', users: [{ name: 'ada', capacity: 'editor' }] });
    const shown = (await test.must('organization_show', { id: 'listed' })) as { users: object[] };
    for (const user of shown.users) expect(hidden.filter((key) => key in user)).toEqual([]);
  });

  it('is not searched by others', async () => {
    expect(await test.call('user_list', bob, { q: 'ada@people', all_fields: false })).toEqual({ result: [] });
    expect(await test.call('user_list', bob, { email: 'ada@people.test' })).toMatchObject({ status: 403 });
    expect(await test.must('user_list', { q: 'ada@people', all_fields: false })).toEqual(['ada']);
  });

  it('and the account itself are hidden from anonymous callers when the settings say so', async () => {
    test.set({ 'ckan.auth.public_user_details': 'false' });
    for (const [name, params] of [
      ['user_show', { id: 'ada' }],
      ['user_list', {}],
      ['user_autocomplete', { q: 'a' }],
    ] as const)
      expect(await test.call(name, undefined, params)).toMatchObject({ status: 403 });
    expect(await test.call('user_show', bob, { id: 'ada' })).toHaveProperty('result.name', 'ada');
    test.set({});
  });
});

describe('user_patch', () => {
  it('changes what is sent and leaves the rest', async () => {
    expect(await test.must('user_patch', { id: 'ada', fullname: 'Ada' }, ada)).toMatchObject({
      fullname: 'Ada',
      about: 'About',
      email: 'ada@people.test',
    });
  });

  it('shows no address of a picture that was taken away, and null where there never was one', async () => {
    const shown = async (sent: object) =>
      (await test.must('user_patch', { id: 'ada', ...sent }, ada)) as object;
    expect(await shown({})).toMatchObject({ image_url: null, image_display_url: null });
    expect(await shown({ image_url: '' })).toMatchObject({ image_url: '', image_display_url: '' });
  });

  it.each([
    [() => undefined, { message: 'Access denied: Have to be logged in to edit user' }],
    [() => bob, { message: expect.stringMatching(/^Access denied: User bob not authorized to edit user /) }],
  ])('is for the account itself and sysadmins', async (caller, error) => {
    expect(await test.call('user_patch', caller(), { id: 'ada', fullname: 'x' })).toEqual({
      error,
      status: 403,
    });
  });

  it('opens to who holds the reset key, and to no shorter one', async () => {
    const change = { id: 'ada', email: 'ada@people.test', fullname: 'Reset' };
    for (const [stored, sent, status] of [
      ['0123456789abcdef', '0123456789abcdef', 200],
      ['0123456789abcdef', '0123456789abcdee', 403],
      ['abcd', 'abcd', 403],
      ['', '', 403],
      [null, null, 403],
    ] as const) {
      await test.site.db.rows(`UPDATE "user" SET reset_key = $1 WHERE name = 'ada'`, [stored]);
      const answer = await test.call('user_update', undefined, { ...change, reset_key: sent });
      expect('result' in answer ? 200 : answer.status).toBe(status);
    }
  });

  it('does not let an account raise itself', async () => {
    expect(await test.must('user_patch', { id: 'ada', sysadmin: true, state: 'deleted' }, ada)).toMatchObject(
      {
        sysadmin: false,
        state: 'active',
      },
    );
  });
});

describe('user_delete', () => {
  it('takes every role away and gives none back', async () => {
    await test.account('gone');
    await test.must('organization_create', { name: 'left', users: [{ name: 'gone', capacity: 'admin' }] });
    await test.must('user_delete', { id: 'gone' });
    await test.must('user_patch', { id: 'gone', state: 'active' });
    expect(await test.must('organization_list_for_user', { id: 'gone' })).toEqual([]);
  });
});

describe('user_invite', () => {
  it('leaves nothing behind when the mail cannot be sent', async () => {
    await test.must('organization_create', { name: 'inviting' });
    const params = { email: 'guest@people.test', group_id: 'inviting', role: 'editor' };
    expect(await test.call('user_invite', test.admin, params)).toMatchObject({
      status: 409,
      error: { message: expect.stringContaining('the user was not created') },
    });
    expect(await test.must('user_list', { email: 'guest@people.test' })).toEqual([]);
  });

  it('makes a pending account with its role and mails a key', async () => {
    const mails: { to: { address: string }; body: string }[] = [];
    Object.assign(test.site, { mailer: { send: async (mail: (typeof mails)[0]) => void mails.push(mail) } });
    const params = { email: 'guest.one@people.test', group_id: 'inviting', role: 'editor' };
    const user = (await test.must('user_invite', params)) as { id: string; name: string; state: string };
    expect(user.state).toBe('pending');
    expect(user.name).toMatch(/^guest-one-\d{1,4}$/);
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to.address).toBe('guest.one@people.test');
    expect(mails[0]!.body).toMatch(new RegExp(`/user/reset/${user.id}\\?key=[0-9a-f]{32}`));
    const shown = (await test.must('organization_show', { id: 'inviting' })) as { users: { name: string }[] };
    expect(shown.users.map((one) => one.name)).toContain(user.name);
  });

  it('refuses a role that there is not without making an account', async () => {
    const params = { email: 'wrong@people.test', group_id: 'inviting', role: 'emperor' };
    expect(await test.call('user_invite', test.admin, params)).toEqual({
      status: 409,
      error: { role: ['role does not exist.'] },
    });
    expect(await test.must('user_list', { email: 'wrong@people.test' })).toEqual([]);
  });
});
