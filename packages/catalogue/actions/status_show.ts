import { readAction } from '../action/declaration.ts';
import { isTruthy } from '../action/parameters.ts';
import { anyone } from '../authorisation/rules.ts';
import { indexDrift } from '../index/reconcile.ts';

export const statusShow = readAction({
  name: 'status_show',
  summary: 'What the site is and which extensions it has; monitors use it as a sign of life.',
  parameters: {
    include_index_drift: { type: 'boolean', meaning: 'For sysadmins: how many index entries differ.' },
  },
  authorise: anyone,
  async handle({ site, user }, params) {
    const { config, version } = site;
    return {
      site_title: config.siteTitle,
      site_description: config.siteDescription,
      site_url: config.siteUrl,
      ...(config.hideVersion && !user?.sysadmin ? {} : { ckan_version: version }),
      error_emails_to: config.errorEmail,
      locale_default: config.localeDefault,
      extensions: config.plugins,
      ...(user?.sysadmin && isTruthy(params['include_index_drift'])
        ? { index_drift: (await indexDrift(site)).different }
        : {}),
    };
  },
});
