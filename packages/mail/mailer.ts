import type { Config } from '@portolan/kernel';

export interface Mail {
  to: { name: string; address: string };
  /** One line; further lines are left out. */
  subject: string;
  /** Plain text. */
  body: string;
}

/** What sends mail. */
export interface Mailer {
  /** Resolves once the server has taken the mail. @throws MailError */
  send(mail: Mail): Promise<void>;
}

/** A mail was not sent; the message says why, without a password. */
export class MailError extends Error {}

export type MailConfig = Pick<
  Config,
  | 'mailServer'
  | 'mailUser'
  | 'mailPassword'
  | 'mailStartTls'
  | 'mailFrom'
  | 'mailReplyTo'
  | 'mailVerifyCertificate'
  | 'siteTitle'
  | 'hideVersion'
>;

/** Milliseconds that a server has for each of its answers: a caller waits for it. */
const patience = 10_000;

/** Sends through the configured SMTP server, one connection a mail; the configuration is read at every mail. */
export const smtpMailer = (config: () => MailConfig, version: string): Mailer => ({
  async send(mail) {
    const settings = config();
    if (!settings.mailServer) throw new MailError('this site has no mail server');
    // Loaded when it is needed: few processes ever send.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      ...addressOf(settings.mailServer),
      requireTLS: settings.mailStartTls,
      ignoreTLS: !settings.mailStartTls,
      tls: { rejectUnauthorized: settings.mailVerifyCertificate },
      ...(settings.mailUser ? { auth: { user: settings.mailUser, pass: settings.mailPassword ?? '' } } : {}),
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail(messageOf(mail, settings, version));
    } catch (error) {
      throw new MailError(reasonOf(error), { cause: error });
    } finally {
      transport.close();
    }
  },
});

/** For a portal that sends nothing. */
export const noMailer: Mailer = {
  send: () => Promise.reject(new MailError('this site has no mail server')),
};

/** `host`, `host:port`; port 465 speaks TLS from its first byte. */
function addressOf(server: string): { host: string; port: number; secure: boolean } {
  const [, host = server, digits] = /^(.*?)(?::(\d+))?$/.exec(server) ?? [];
  const port = digits === undefined ? 25 : Number(digits);
  return { host: host.replace(/^\[|\]$/g, ''), port, secure: port === 465 };
}

function messageOf(mail: Mail, config: MailConfig, version: string) {
  return {
    from: { name: config.siteTitle, address: config.mailFrom },
    to: mail.to,
    ...(config.mailReplyTo ? { replyTo: config.mailReplyTo } : {}),
    subject: mail.subject.split(/[\r\n]/)[0] ?? '',
    text: mail.body,
    textEncoding: 'base64' as const,
    xMailer: false as const,
    headers: config.hideVersion ? {} : { 'X-Mailer': `CKAN ${version}` },
  };
}

/** CKAN's words where scripts know them; a server's answer otherwise. */
function reasonOf(error: unknown): string {
  const { code, response, message } = error as { code?: string; response?: string; message?: string };
  if (code === 'ETLS') return 'SMTP server does not support STARTTLS';
  return response ?? message ?? String(error);
}
