import { bool, choice, int, list, maybeText, maybeUrl } from '../option.ts';

/** Harvest sources and jobs. */
export const harvest = {
  harvestTimeout: int({
    key: 'ckan.harvest.timeout',
    default: 0,
    meaning: 'Minutes without progress after which a job is ended; 0 is never.',
  }),
  harvestMaxMinutes: int({
    key: 'portolan.harvest.job.max_minutes',
    aliases: ['harvest.job.max_minutes'],
    default: 1440,
    min: 1,
    meaning: 'Minutes after which a harvest job is ended, however busy; `job-resume` takes it up again.',
  }),
  harvestGrace: int({
    key: 'portolan.harvest.shutdown_grace_s',
    aliases: ['harvest.shutdown_grace_s'],
    default: 30,
    min: 0,
    meaning: 'Seconds that a harvest worker which is told to stop gives the records that it is importing.',
  }),
  harvestAutofreeze: int({
    key: 'portolan.harvest.autofreeze_failures',
    aliases: ['harvest.autofreeze_failures'],
    default: 0,
    meaning: 'Failed jobs in a row after which a harvest source is frozen; 0 is never.',
  }),
  harvestKeepJobs: int({
    key: 'portolan.harvest.keep_jobs',
    aliases: ['harvest.keep_jobs'],
    default: 30,
    meaning: 'Newest harvest jobs of a source that are kept, however old.',
  }),
  harvestKeepDays: int({
    key: 'portolan.harvest.keep_days',
    aliases: ['harvest.keep_days'],
    default: 90,
    meaning: 'Days for which every harvest job is kept; 0 keeps all for ever.',
  }),
  harvestKeepContentDays: int({
    key: 'portolan.harvest.keep_content_days',
    default: 7,
    meaning:
      'Days for which the texts of records are kept that no dataset is made of any more; 0 is for ever.',
  }),
  harvestSourceLimit: int({
    key: 'ckan.harvest.harvest_source_limit',
    default: 100,
    meaning: 'Most sources of harvest_source_list.',
  }),
  harvestStalledAfter: int({
    key: 'portolan.harvest.stalled_after_s',
    aliases: ['harvest.stalled_after_s'],
    default: 120,
    min: 45,
    meaning: 'Seconds without a sign of life after which others take over what a harvest worker was at.',
  }),
  harvestDeleteShare: int({
    key: 'portolan.harvest.guard.share',
    aliases: ['harvest.deletion_guard_pct'],
    default: 25,
    max: 100,
    meaning: 'Percent of a source’s datasets one job may delete before it is held for approval.',
  }),
  harvestDeleteFloor: int({
    key: 'portolan.harvest.guard.floor',
    aliases: ['harvest.deletion_guard_min'],
    default: 10,
    meaning: 'Deletions that are always allowed, whatever the share.',
  }),
  harvestTypes: list({
    key: 'portolan.harvest.types',
    env: 'PORTOLAN_HARVEST_TYPES',
    default: [],
    meaning: 'Types that a new harvest source may have; all when unset.',
  }),
  harvestMetadataApi: bool({
    key: 'portolan.harvest.metadata_api',
    env: 'PORTOLAN_HARVEST_METADATA_API',
    default: true,
    meaning: 'Whether /api/2/rest/harvestobject and the pages of records answer.',
  }),
  harvestMailErrors: bool({
    key: 'ckan.harvest.status_mail.errored',
    default: false,
    meaning: 'Whether a job with errors is mailed to sysadmins and the source’s organisation admins.',
  }),
  harvestMailAll: bool({
    key: 'ckan.harvest.status_mail.all',
    default: false,
    meaning: 'Whether every job is mailed to them.',
  }),
  harvestRecipients: list({
    key: 'portolan.harvest.recipients',
    default: [],
    meaning: 'E-mail addresses that hear of harvest jobs instead of sysadmins and the organisation’s admins.',
  }),
  harvestWebhookUrl: maybeUrl({
    key: 'portolan.harvest.webhook.url',
    default: undefined,
    meaning: 'Where a change of a harvest source’s health is posted.',
  }),
  harvestWebhookSecret: maybeText({
    key: 'portolan.harvest.webhook.secret',
    default: undefined,
    meaning: 'Key of the webhook’s signature.',
    secret: true,
  }),
  harvestLogScope: int({
    key: 'ckan.harvest.log_scope',
    default: -1,
    min: -1,
    max: 7,
    meaning:
      'What of the harvester is written to harvest_log: nothing (-1), all (0), parts of it (1 to 7, as in CKAN).',
    runtime: false,
  }),
  harvestLogLevel: choice(
    {
      key: 'ckan.harvest.log_level',
      default: 'debug',
      meaning: 'Least severe line that is written to harvest_log.',
      runtime: false,
    },
    ['debug', 'info', 'warning', 'error', 'critical'],
  ),
  harvestLogDays: int({
    key: 'ckan.harvest.log_timeframe',
    default: 30,
    meaning: 'Days that lines of harvest_log are kept.',
  }),
};
