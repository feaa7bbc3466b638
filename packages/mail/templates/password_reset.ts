import type { Mail } from '../mailer.ts';
import { letter, type MailSite } from './site.ts';

/** Sent to who asked for a new password. */
export const passwordResetMail = (site: MailSite, to: Mail['to'], link: string): Mail => ({
  to,
  subject: `Reset your password - ${site.title}`,
  body: letter(site, [
    `Dear ${to.name},`,
    `Somebody, probably you, has asked for a new password on ${site.title}. Set it here:\n\n    ${link}`,
    'If it was not you, there is nothing to do: the old password stays.',
  ]),
});
