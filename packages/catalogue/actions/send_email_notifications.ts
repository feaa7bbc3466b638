import { invalidMessage } from '@portolan/kernel';
import { writeAction } from '../action/declaration.ts';
import { sysadminOnly } from '../authorisation/rules.ts';

export const sendEmailNotifications = writeAction({
  name: 'send_email_notifications',
  summary: 'CKAN mails news of the dashboard when that is switched on; this portal sends none.',
  parameters: {},
  authorise: sysadminOnly,
  handle() {
    throw invalidMessage('ckan.activity_streams_email_notifications is not enabled in config');
  },
});
