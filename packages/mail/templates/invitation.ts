import type { Mail } from '../mailer.ts';
import { letter, type MailSite } from './site.ts';

export interface Invitation {
  site: MailSite;
  to: Mail['to'];
  /** `organisation` or `group`, and what it is called. */
  group: { kind: string; title: string };
  role: string;
  /** Where the account is taken over. */
  link: string;
}

/** Sent to whom an account was made for. */
export const invitationMail = ({ site, to, group, role, link }: Invitation): Mail => ({
  to,
  subject: `Invite for ${site.title}`,
  body: letter(site, [
    `Dear ${to.name},`,
    `An account has been made for you on ${site.title}. Your user name is "${to.name}"; you may choose another one when you set your password.`,
    `You have the role "${role}" in the ${group.kind} "${group.title}".`,
    `To accept, set a password here:\n\n    ${link}`,
  ]),
});
