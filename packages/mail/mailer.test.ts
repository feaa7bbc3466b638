import { loadConfig } from '@portolan/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../test/harness/smtp.ts';
import { type MailConfig, smtpMailer } from './mailer.ts';

const servers: MailServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function server(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const started = await startMailServer(options);
  servers.push(started);
  return started;
}

const mailer = (settings: Partial<MailConfig>) =>
  smtpMailer(() => ({ ...loadConfig({ env: {} }), siteTitle: 'Tea “Portal”', ...settings }), '2.11.5');
const mail = { to: { name: 'Ada Leaf', address: 'ada@tea.test' }, subject: 'News', body: 'Grün\n.\nend' };

describe('a mail', () => {
  it('arrives as it was written, with CKAN’s headers', async () => {
    const { address, inbox } = await server();
    await mailer({ mailServer: address, mailFrom: 'portal@tea.test', mailReplyTo: 'desk@tea.test' }).send(
      mail,
    );
    expect(inbox).toHaveLength(1);
    const [got] = inbox;
    expect(got?.text?.trim()).toBe(mail.body);
    expect(got?.from?.value).toEqual([{ name: 'Tea “Portal”', address: 'portal@tea.test' }]);
    expect(got?.to).toMatchObject({ value: [{ name: 'Ada Leaf', address: 'ada@tea.test' }] });
    expect(got?.replyTo?.text).toBe('desk@tea.test');
    expect(got?.headers.get('x-mailer')).toBe('CKAN 2.11.5');
    expect(got?.headers.get('content-transfer-encoding')).toBe('base64');
  });

  it('hides the version where the portal does', async () => {
    const { address, inbox } = await server();
    await mailer({ mailServer: address, hideVersion: true }).send(mail);
    expect(inbox[0]?.headers.has('x-mailer')).toBe(false);
  });

  it.each([
    ['a subject', { subject: 'News\r\nBcc: all@tea.test' }],
    ['a name', { to: { name: 'Ada\r\nBcc: all@tea.test', address: 'ada@tea.test' } }],
    ['an address', { to: { name: 'Ada', address: 'ada@tea.test\r\nBcc: all@tea.test' } }],
  ])('takes no header from %s', async (_where, part) => {
    const { address, inbox } = await server();
    await mailer({ mailServer: address })
      .send({ ...mail, ...part })
      .catch(() => {});
    expect(inbox[0]?.headers.has('bcc') ?? false).toBe(false);
  });
});

describe('a mail server', () => {
  it('is told who sends, where it wants to know', async () => {
    const seen: unknown[] = [];
    const { address, inbox } = await server({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, callback) {
        seen.push([username, password]);
        callback(null, { user: username });
      },
    });
    await mailer({ mailServer: address, mailUser: 'portal', mailPassword: 'secret' }).send(mail);
    expect(seen).toEqual([['portal', 'secret']]);
    expect(inbox).toHaveLength(1);
  });

  it('is used with STARTTLS where that is asked for', async () => {
    let secure: boolean | undefined;
    const { address } = await server({
      disabledCommands: [],
      onMailFrom(_address, session, callback) {
        secure = session.secure;
        callback();
      },
    });
    await mailer({ mailServer: address, mailStartTls: true, mailVerifyCertificate: false }).send(mail);
    expect(secure).toBe(true);
  });

  it.each<[string, Partial<MailConfig>, RegExp]>([
    ['that has no STARTTLS', { mailStartTls: true }, /^SMTP server does not support STARTTLS$/],
    ['that is not configured', { mailServer: undefined }, /no mail server/],
    ['that is not there', { mailServer: '127.0.0.1:1' }, /ECONNREFUSED/],
  ])('%s is an error that says so', async (_what, settings, message) => {
    const { address } = await server();
    await expect(mailer({ mailServer: address, ...settings }).send(mail)).rejects.toThrow(message);
  });

  it('with a certificate of its own making is refused unless that is allowed', async () => {
    const { address } = await server({ disabledCommands: [] });
    await expect(mailer({ mailServer: address, mailStartTls: true }).send(mail)).rejects.toThrow(
      /certificate/i,
    );
  });

  it('that refuses is quoted', async () => {
    const refusing = await server();
    refusing.refusal = 'no such box';
    await expect(mailer({ mailServer: refusing.address }).send(mail)).rejects.toThrow(/no such box/);
  });
});
