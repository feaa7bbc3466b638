import { timestamp } from '@portolan/kernel';
import { digestMail } from '@portolan/mail';
import type { JobContext } from '@portolan/queue';
import type { Call, Site, User } from '../action/call.ts';
import { listActivities, ofDashboard } from '../activity/list.ts';
import { parseSpan } from './since.rules.ts';

/** Most activities that a mail counts. */
const most = 100;

interface Reader extends User {
  /** Seconds since the epoch: what is older was mailed or looked at. */
  seen: number;
}

/**
 * Mails somebody how much is new on their dashboard since the last mail, or since they looked. A crash between the
 * mail and the note of it sends the mail once more.
 */
export async function sendDigest(site: Site, context: JobContext, userId: string): Promise<void> {
  const { siteTitle, siteUrl, activityMailSince } = site.config;
  const now = site.runtime.now();
  const user = await readerOf(site, userId);
  if (!user?.email) return;
  const call: Call = {
    site,
    sql: site.db,
    user,
    ignoreAuth: false,
    logger: site.logger,
    localePrefix: '',
  };
  const oldest = now - (parseSpan(activityMailSince) ?? 0);
  const activities = await listActivities(call, ofDashboard(user.id), {
    limit: most,
    offset: 0,
    before: undefined,
    after: Math.max(oldest / 1000, user.seen),
    types: undefined,
    excludedTypes: undefined,
    hidden: false,
  });
  const count = activities.filter((activity) => activity.user_id !== user.id).length;
  if (count > 0) {
    const to = { name: user.fullname || user.name, address: user.email };
    await site.mailer.send(digestMail({ title: siteTitle, url: siteUrl }, to, count));
  }
  await site.db.transact(async (tx) => {
    await context.fence(tx);
    await tx.rows('UPDATE dashboard SET email_last_sent = $2 WHERE user_id = $1', [user.id, timestamp(now)]);
  });
}

async function readerOf(site: Site, id: string): Promise<Reader | undefined> {
  const [user] = await site.db.rows<Reader>(
    `SELECT u.id, u.name, u.fullname, u.email, u.state, coalesce(u.sysadmin, false) AS sysadmin,
       extract(epoch FROM greatest(d.email_last_sent, d.activity_stream_last_viewed))::float8 AS seen
     FROM "user" u JOIN dashboard d ON d.user_id = u.id
     WHERE u.id = $1 AND u.state = 'active' AND u.activity_streams_email_notifications`,
    [id],
  );
  return user;
}
