import { bool, int, maybeText, text } from '../option.ts';

/** Mail, and the links in it. */
export const mail = {
  mailServer: maybeText({
    key: 'smtp.server',
    env: 'CKAN_SMTP_SERVER',
    default: undefined,
    meaning: 'Mail server, as host or host:port; without it no mail is sent, and what needs one is refused.',
  }),
  mailStartTls: bool({
    key: 'smtp.starttls',
    env: 'CKAN_SMTP_STARTTLS',
    default: false,
    meaning: 'Insist on STARTTLS.',
  }),
  mailVerifyCertificate: bool({
    key: 'portolan.smtp.verify_certificate',
    default: true,
    meaning: 'Refuse a mail server whose certificate is not to be trusted.',
  }),
  mailUser: maybeText({
    key: 'smtp.user',
    env: 'CKAN_SMTP_USER',
    default: undefined,
    meaning: 'Account at the mail server.',
  }),
  mailPassword: maybeText({
    key: 'smtp.password',
    env: 'CKAN_SMTP_PASSWORD',
    default: undefined,
    meaning: 'Password of that account.',
    secret: true,
  }),
  mailFrom: text({
    key: 'smtp.mail_from',
    env: 'CKAN_SMTP_MAIL_FROM',
    default: 'ckan@localhost',
    meaning: 'Address that mail comes from.',
  }),
  mailReplyTo: maybeText({
    key: 'smtp.reply_to',
    default: undefined,
    meaning: 'Address that answers go to.',
  }),
  activityMail: bool({
    key: 'ckan.activity_streams_email_notifications',
    default: false,
    meaning: 'Mail news of their dashboard to those who want them, when `notify send_emails` is run.',
  }),
  activityMailSince: text({
    key: 'ckan.email_notifications_since',
    default: '2 days',
    meaning: 'Older activities are not mailed; `2 days`, `4:35:00`, `1 day, 2:00:00`.',
  }),
  resetKeyHours: int({
    key: 'portolan.reset_key.hours',
    default: 72,
    meaning: 'Hours in which the link of a password mail opens; 0 is for ever.',
  }),
  inviteKeyHours: int({
    key: 'portolan.reset_key.invite_hours',
    default: 336,
    meaning: 'Hours in which the link of an invitation opens; 0 is for ever.',
  }),
};
