export { type Mail, MailError, type Mailer, noMailer, smtpMailer } from './mailer.ts';
export { digestMail } from './templates/digest.ts';
export { invitationMail } from './templates/invitation.ts';
export { passwordResetMail } from './templates/password_reset.ts';
export type { MailSite } from './templates/site.ts';
