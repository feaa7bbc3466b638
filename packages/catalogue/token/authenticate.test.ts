import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { User } from '../action/call.ts';
import { createSysadmin } from '../user/bootstrap.ts';
import { authenticate } from './authenticate.ts';
import { encodeToken } from './jwt.ts';

let test: TestSite;
let ada: User;
let token: string;
const who = async (header: string | undefined) => (await authenticate(test.site, test.site.db, header))?.name;
const columnsOfToken = async () => {
  const [row] = await test.site.db.rows<{ last_access: string; last_active: string }>(
    `SELECT t.last_access, u.last_active FROM api_token t JOIN "user" u ON u.id = t.user_id
     WHERE u.name = 'ada' AND t.name = 'first'`,
  );
  return row!;
};

beforeAll(async () => {
  test = await testSite();
  ada = await test.account('ada');
  ({ token } = (await test.must('api_token_create', { user: 'ada', name: 'first' })) as { token: string });
});

describe('a token header', () => {
  it('names its account, with and without the word Bearer', async () => {
    expect(await who(token)).toBe('ada');
    expect(await who(`Bearer ${token}`)).toBe('ada');
    expect(await who(` ${token} `)).toBe('ada');
  });

  it.each([undefined, '', ' ', 'Basic x', 'a.b.c', 'é'])('that is %j is nobody’s', async (header) => {
    expect(await who(header)).toBeUndefined();
  });

  it('of another site is nobody’s', async () => {
    const settings = { ...test.site.config, secretKey: 'another-secret' };
    const [row] = await test.site.db.rows<{ id: string }>('SELECT id FROM api_token LIMIT 1');
    expect(await who(await encodeToken(settings, { id: row!.id, issued: 0 }))).toBeUndefined();
  });

  it.each(['deleted', 'pending'])(
    'of an account that is %s is nobody’s until it is active again',
    async (state) => {
      await test.must('user_patch', { id: 'ada', state });
      expect(await who(token)).toBeUndefined();
      await test.must('user_patch', { id: 'ada', state: 'active' });
      expect(await who(token)).toBe('ada');
    },
  );

  it('follows what SQL by hand does with the next request', async () => {
    await test.site.db.rows(`UPDATE "user" SET sysadmin = true WHERE name = 'ada'`);
    expect((await authenticate(test.site, test.site.db, token))?.sysadmin).toBe(true);
    await test.site.db.rows(`UPDATE "user" SET sysadmin = false WHERE name = 'ada'`);
    expect((await authenticate(test.site, test.site.db, token))?.sysadmin).toBe(false);
  });

  it('is nobody’s once it is revoked', async () => {
    const made = (await test.must('api_token_create', { user: 'ada', name: 'short' }, ada)) as {
      token: string;
    };
    expect(await who(made.token)).toBe('ada');
    await test.must('api_token_revoke', { token: made.token }, ada);
    expect(await who(made.token)).toBeUndefined();
  });

  it('ends when it was asked to', async () => {
    const made = (await test.must(
      'api_token_create',
      { user: 'ada', name: 'an hour', expires_in: 60, unit: 60 },
      ada,
    )) as { token: string };
    expect(await who(made.token)).toBe('ada');
    test.clock.now += 3_700_000;
    expect(await who(made.token)).toBeUndefined();
  });
});

describe('the use of a token', () => {
  it('is noted once an interval', async () => {
    test.clock.now += 1_000_000;
    await who(token);
    const first = await columnsOfToken();
    test.clock.now += 30_000;
    await who(token);
    expect(await columnsOfToken()).toEqual(first);
    test.clock.now += 40_000;
    await who(token);
    const later = await columnsOfToken();
    expect(later.last_access > first.last_access).toBe(true);
    expect(later.last_active).toBe(first.last_active);
    test.clock.now += 600_000;
    await who(token);
    expect((await columnsOfToken()).last_active > first.last_active).toBe(true);
  });

  it('shows in the list of tokens at once', async () => {
    const listed = async () => {
      const tokens = (await test.must('api_token_list', { user_id: 'ada' }, ada)) as {
        name: string;
        last_access: string;
      }[];
      return tokens.find(({ name }) => name === 'first')!.last_access;
    };
    test.clock.now += 1_000_000;
    await who(token);
    const first = await listed();
    test.clock.now += 1_000;
    expect(await listed()).toBe(first);
    await who(token);
    expect(await listed()).not.toBe(first);
  });

  it('is not noted while the site is read-only', async () => {
    test.clock.now += 10_000_000;
    const before = await columnsOfToken();
    await test.site.db.setReadOnly(true);
    expect(await who(token)).toBe('ada');
    await test.site.db.setReadOnly(false);
    expect(await columnsOfToken()).toEqual(before);
  });

  it('is noted by one of many requests at once, and none of them fails', async () => {
    test.clock.now += 10_000_000;
    const names = await Promise.all(Array.from({ length: 6 }, () => who(token)));
    expect(new Set(names)).toEqual(new Set(['ada']));
  });
});

describe('the first sysadmin', () => {
  it('gets the same token again when it is given', async () => {
    const first = await createSysadmin(test.site, { name: 'chief', email: 'chief@site.test' });
    expect(await who(first.token)).toBe('chief');
    await test.site.db.rows('DELETE FROM api_token WHERE user_id = $1', [first.id]);
    expect(await who(first.token)).toBeUndefined();
    const again = await createSysadmin(test.site, {
      name: 'chief',
      email: 'chief@site.test',
      token: first.token,
    });
    expect(again).toEqual(first);
    expect(await who(first.token)).toBe('chief');
  });

  it('is made once by several processes that start at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 3 }, () => createSysadmin(test.site, { name: 'race', email: 'race@site.test' })),
    );
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
  });
});
