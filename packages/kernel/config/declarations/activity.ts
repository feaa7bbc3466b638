import { bool, choice, int, list } from '../option.ts';

/** What is remembered of changes: activity, the change feed, the audit log. */
export const activity = {
  changesRetention: int({
    key: 'portolan.changes.retention_days',
    default: 30,
    min: 1,
    meaning: 'Days that the change feed remembers: a mirror that was away for longer starts anew.',
  }),
  auditRetention: int({
    key: 'portolan.audit.retention_days',
    default: 0,
    meaning: 'Days that the audit log is kept; 0 is for ever.',
  }),
  auditRefused: choice(
    {
      key: 'portolan.audit.refused',
      default: 'accounts',
      meaning:
        'Whose refused writes (403, 409) are in the audit log: nobody’s, those of accounts, everybody’s.',
    },
    ['none', 'accounts', 'all'],
  ),
  activityEnabled: bool({
    key: 'ckan.activity_streams_enabled',
    default: true,
    meaning: 'Record activities.',
  }),
  activityListLimit: int({ key: 'ckan.activity_list_limit', default: 31, meaning: 'Activities of a list.' }),
  activityListMax: int({
    key: 'ckan.activity_list_limit_max',
    default: 100,
    meaning: 'Most activities of a list.',
  }),
  hideActivityFrom: list({
    key: 'ckan.hide_activity_from_users',
    default: ['%(ckan.site_id)s'],
    meaning: 'Users whose activities are left out of lists.',
  }),
};
