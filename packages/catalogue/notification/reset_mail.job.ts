import { passwordResetMail } from '@portolan/mail';
import type { JobContext } from '@portolan/queue';
import type { Site } from '../action/call.ts';
import { hasFreshResetKey, renewResetKey, resetLink } from '../user/reset_key.ts';
import { findUserForUpdate } from '../user/row.ts';

/**
 * Gives an account a key and mails it. A mail that fails is tried again with another key: the one before may or may
 * not have arrived, and opens nothing any more.
 */
export async function sendResetMail(site: Site, context: JobContext, userId: string): Promise<void> {
  const { siteTitle, siteUrl, resetKeyHours } = site.config;
  const mail = await site.db.transact(async (tx) => {
    await context.fence(tx);
    const user = await findUserForUpdate(tx, userId);
    if (!user?.email || user.state === 'deleted') return undefined;
    if (context.attempt === 1 && (await hasFreshResetKey(tx, user.id))) return undefined;
    const key = await renewResetKey(site, tx, user.id, resetKeyHours);
    const to = { name: user.fullname || user.name, address: user.email };
    return passwordResetMail({ title: siteTitle, url: siteUrl }, to, resetLink(site, user.id, key));
  });
  if (mail) await site.mailer.send(mail);
}
