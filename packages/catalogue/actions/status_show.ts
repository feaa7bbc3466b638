import { readAction } from '../action/declaration.ts';
import { anyone } from '../authorisation/rules.ts';

export const statusShow = readAction({
  name: 'status_show',
  summary: 'What the site is and which extensions it has; monitors use it as a sign of life.',
  parameters: {},
  authorise: anyone,
  handle({ site: { config, version }, user }) {
    return {
      site_title: config.siteTitle,
      site_description: config.siteDescription,
      site_url: config.siteUrl,
      ...(config.hideVersion && !user?.sysadmin ? {} : { ckan_version: version }),
      error_emails_to: config.errorEmail,
      locale_default: config.localeDefault,
      extensions: config.plugins,
    };
  },
});
