import { smtpMailer } from '@portolan/mail';
import type { JobContext } from '@portolan/queue';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { type MailServer, startMailServer } from '../../../test/harness/smtp.ts';
import { dispatch } from '../action/dispatch.ts';
import { performPasswordReset, requestPasswordReset } from '../user/reset.ts';
import { mailHandlers } from './handlers.ts';
import { parseSpan } from './since.rules.ts';

let portal: TestSite;
let server: MailServer;

beforeAll(async () => {
  server = await startMailServer();
  portal = await testSite({ CKAN_SMTP_SERVER: server.address });
  Object.assign(portal.site, { mailer: smtpMailer(() => portal.site.config, '2.11.5') });
  await portal.must('organization_create', { name: 'tea', title: 'Ministry of Tea' });
});
afterAll(() => server.close());
beforeEach(async () => {
  server.inbox.length = 0;
  server.refusal = undefined;
  await portal.site.db.rows('DELETE FROM portolan.job');
  await portal.site.db.rows('DELETE FROM portolan.reset_key');
});

/** Runs what waits in the queue once, as a worker would; failures are thrown. */
async function work(attempt = 1): Promise<void> {
  const rows = await portal.site.db.rows<{ name: string; key: string }>(
    `SELECT name, key FROM portolan.job WHERE queue = 'mail' AND state = 'waiting' ORDER BY id`,
  );
  for (const { name, key } of rows) {
    const bound = mailHandlers(portal.site).find(({ job }) => job.name === name);
    await bound!.run({ attempt, fence: async () => {} } as unknown as JobContext, key);
  }
  await portal.site.db.rows(`DELETE FROM portolan.job WHERE queue = 'mail'`);
}

const linkOf = (text: string | undefined) => {
  const [, id, key] = /\/user\/reset\/([\w-]+)\?key=(\w+)/.exec(text ?? '') ?? [];
  return { id, key };
};
const ask = (user: string) => dispatch(portal.site, requestPasswordReset, { user: undefined }, { user });
const perform = (params: object) =>
  dispatch(portal.site, performPasswordReset, { user: undefined }, { ...params });

describe('an invitation', () => {
  const invite = (email: string, role = 'editor') =>
    portal.call('user_invite', portal.admin, { email, group_id: 'tea', role });

  it('reaches the invited with all they need, and makes an account of it', async () => {
    const answer = await invite('ada@people.test');
    const { name, id, state } = (answer as { result: Record<string, string> }).result;
    expect(state).toBe('pending');
    const [mail] = server.inbox;
    expect(mail?.subject).toBe('Invite for CKAN');
    expect(mail?.text).toContain(`"${name}"`);
    expect(mail?.text).toContain('Ministry of Tea');
    const link = linkOf(mail?.text);
    expect(link.id).toBe(id);
    await perform({ id, key: link.key, password: 'long-enough', name: 'ada' });
    expect(await portal.must('user_show', { id })).toMatchObject({ name: 'ada', state: 'active' });
    await expect(perform({ id, key: link.key, password: 'other-enough' })).rejects.toThrow(
      /Invalid reset key/,
    );
  });

  it('that cannot be sent makes nobody', async () => {
    server.refusal = 'mailbox full';
    const answer = await invite('bob@people.test');
    expect(answer).toMatchObject({ status: 409 });
    expect(JSON.stringify(answer)).toMatch(
      /Error sending the invite email, the user was not created: .*mailbox full/,
    );
    expect(await portal.site.db.rows(`SELECT FROM "user" WHERE email = 'bob@people.test'`)).toEqual([]);
  });

  it('with a role that is none makes nobody and mails nobody', async () => {
    expect(await invite('eve@people.test', 'emperor')).toMatchObject({ status: 409 });
    expect(server.inbox).toEqual([]);
    expect(await portal.site.db.rows(`SELECT FROM "user" WHERE email = 'eve@people.test'`)).toEqual([]);
  });
});

describe('a forgotten password', () => {
  beforeAll(async () => {
    await portal.account('cleo');
  });

  it.each(['cleo', 'cleo@people.test', 'CLEO@people.test'])('is asked for by %s', async (reference) => {
    await ask(reference);
    await work();
    expect(server.inbox.map((mail) => mail.subject)).toEqual(['Reset your password - CKAN']);
  });

  it.each(['nobody', 'nobody@people.test', '%', 'a'.repeat(3000)])(
    'of %s looks the same',
    async (reference) => {
      expect(await ask(reference)).toBeUndefined();
      await work();
      expect(server.inbox).toEqual([]);
    },
  );

  it('opens with the mail’s link alone, and once', async () => {
    await ask('cleo');
    await work();
    const { id, key } = linkOf(server.inbox[0]?.text);
    await expect(perform({ id, key: `${key}0`, password: 'new-enough' })).rejects.toThrow(
      /Invalid reset key/,
    );
    await expect(perform({ id, key, password: 'short' })).rejects.toMatchObject({ status: 409 });
    await perform({ id, key, password: 'new-enough' });
    await expect(perform({ id, key, password: 'newer-enough' })).rejects.toThrow(/Invalid reset key/);
  });

  it('does not open any more when its time is over', async () => {
    await ask('cleo');
    await work();
    const { id, key } = linkOf(server.inbox[0]?.text);
    await portal.site.db.rows(`UPDATE portolan.reset_key SET expires = now() - interval '1 second'`);
    await expect(perform({ id, key, password: 'new-enough' })).rejects.toThrow(/Invalid reset key/);
  });

  it('is mailed once a minute, however often it is asked for', async () => {
    for (let times = 0; times < 3; times++) {
      await ask('cleo');
      await work();
    }
    expect(server.inbox).toHaveLength(1);
  });

  it('is mailed at the next attempt when the server was away', async () => {
    await ask('cleo');
    server.refusal = 'later';
    await expect(work()).rejects.toThrow(/later/);
    server.refusal = undefined;
    await work(2);
    expect(server.inbox).toHaveLength(1);
  });
});

describe('news of the dashboard', () => {
  const on = { 'ckan.activity_streams_email_notifications': 'true' };

  it('are refused while they are off', async () => {
    expect(await portal.call('send_email_notifications', portal.admin)).toMatchObject({
      status: 409,
      error: { message: 'ckan.activity_streams_email_notifications is not enabled in config' },
    });
  });

  it('reach who wants them, once, with what others did', async () => {
    portal.set({ ...on, 'smtp.server': server.address });
    const dora = await portal.account('dora');
    await portal.must('user_patch', { id: dora.id, activity_streams_email_notifications: true }, dora);
    portal.clock.now += 1000;
    await portal.must('package_create', { name: 'leaves', owner_org: 'tea' });
    await portal.must('follow_dataset', { id: 'leaves' }, dora);
    portal.clock.now += 1000;
    await portal.must('package_patch', { id: 'leaves', title: 'All leaves' });
    portal.clock.now += 1000;
    for (let times = 0; times < 2; times++) {
      await portal.must('send_email_notifications');
      await work();
    }
    expect(server.inbox.map(({ subject, to }) => [subject, (to as { text: string }).text])).toEqual([
      ['2 new activities from CKAN', '"dora" <dora@people.test>'],
    ]);
    portal.clock.now += parseSpan('3 days')!;
    await portal.must('send_email_notifications');
    await work();
    expect(server.inbox).toHaveLength(1);
  });
});
