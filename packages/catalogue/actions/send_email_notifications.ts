import { invalidMessage } from '@portolan/kernel';
import { enqueueAll } from '@portolan/queue';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';
import { digestMailJob } from '../notification/jobs.table.ts';

export const sendEmailNotifications = writeAction({
  name: 'send_email_notifications',
  summary: 'Mails everybody who wants it how much is new on their dashboard; the mails are sent by a worker.',
  parameters: {},
  authorise: sysadminOnly,
  async handle(call) {
    if (!call.site.config.activityMail)
      throw invalidMessage('ckan.activity_streams_email_notifications is not enabled in config');
    const rows = await call.sql.rows<{ id: string }>(
      `SELECT id FROM "user" WHERE activity_streams_email_notifications AND state = 'active' AND email <> ''
       ORDER BY id`,
    );
    await enqueueAll(
      call.sql,
      digestMailJob,
      rows.map(({ id }) => ({ key: id })),
    );
    return null;
  },
});
