import { bool, list, text, url } from '../option.ts';

/** The site, as `status_show` tells it. */
export const site = {
  siteUrl: url({
    key: 'ckan.site_url',
    env: 'CKAN_SITE_URL',
    default: 'http://localhost:5000',
    meaning: 'The address clients use; the base of every address in an answer.',
  }),
  siteId: text({
    key: 'ckan.site_id',
    env: 'CKAN_SITE_ID',
    default: 'default',
    meaning: 'Name of the site user and prefix of queues and index.',
    runtime: false,
  }),
  siteTitle: text({ key: 'ckan.site_title', default: 'CKAN', meaning: 'Title of the site.' }),
  siteDescription: text({ key: 'ckan.site_description', default: '', meaning: 'One line about the site.' }),
  errorEmail: text({
    key: 'email_to',
    default: '',
    meaning: 'Address told by status_show as `error_emails_to`.',
  }),
  localeDefault: text({ key: 'ckan.locale_default', default: 'en', meaning: 'Language of the site.' }),
  localesOffered: list({
    key: 'ckan.locales_offered',
    default: [],
    meaning: 'Languages that may prefix a path.',
  }),
  hideVersion: bool({
    key: 'ckan.hide_version',
    default: false,
    meaning: 'Leave the version out of status_show for all but sysadmins.',
  }),
  plugins: list({
    key: 'ckan.plugins',
    default: ['activity', 'datastore', 'harvest', 'spatial_metadata', 'spatial_query'],
    meaning: 'Extensions that status_show lists, for clients that detect features by name.',
  }),
};
