import { denied } from '@portolan/kernel';
import { readAction } from '../action/declaration.ts';
import { alwaysAllowed } from '../authorisation/rules.ts';
import { findUser } from '../user/row.ts';

export const getSiteUser = readAction({
  name: 'get_site_user',
  summary: 'The account that background work runs as; it is made with the site.',
  parameters: { defer_commit: { type: 'boolean', meaning: 'Has no effect.' } },
  authorise(call) {
    if (!alwaysAllowed(call)) throw denied('Only internal services allowed to use this action');
  },
  async handle(call) {
    const { siteId } = call.site.config;
    const user = await findUser(call.sql, siteId);
    return { name: user?.name ?? siteId, apikey: user?.apikey ?? null };
  },
});
