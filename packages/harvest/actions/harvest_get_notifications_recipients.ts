import { optionalText, sysadminOnly, writeAction } from '@portolan/catalogue';
import { notFound } from '@portolan/kernel';
import { printed } from '../authorisation/source_rules.ts';
import { recipientsOf } from '../health/recipients.ts';
import { findSource } from '../source/source.repo.ts';

// CKAN takes it by POST alone, although it changes nothing.
export const harvestGetNotificationsRecipients = writeAction({
  name: 'harvest_get_notifications_recipients',
  summary:
    'Who is told about the jobs of a harvest source: sysadmins and the admins of its organisation, or whom the portal names.',
  parameters: { source_id: { type: 'text', required: true, meaning: 'Id of the source.' } },
  authorise: sysadminOnly,
  async handle(call, params) {
    const source = await findSource(call.sql, optionalText(params, 'source_id') ?? '');
    if (!source) throw notFound(`Harvest source ${printed(params['source_id'])} does not exist`);
    return recipientsOf(call.sql, source.owner_org, call.site.config);
  },
});
