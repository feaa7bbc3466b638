import type { Mail } from '../mailer.ts';
import { letter, type MailSite } from './site.ts';

/** Tells how much is new on somebody's dashboard. */
export const digestMail = (site: MailSite, to: Mail['to'], count: number): Mail => ({
  to,
  subject: `${count} new ${count === 1 ? 'activity' : 'activities'} from ${site.title}`,
  body: letter(site, [
    `Dear ${to.name},`,
    `There ${count === 1 ? 'is one new activity' : `are ${count} new activities`} on your dashboard:\n\n    ${site.url}/dashboard/`,
    `You can choose not to have these mails in your profile:\n\n    ${site.url}/user/edit`,
  ]),
});
