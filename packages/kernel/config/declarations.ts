// The whole configuration in one table (hence its length): every setting a service reads, and no other.
import { bool, choice, int, list, maybeText, maybeUrl, only, text, url } from './option.ts';

const postgres = ['postgres:', 'postgresql:'];

export const declarations = {
  // Where the parts are
  databaseUrl: url({
    key: 'sqlalchemy.url',
    env: 'DATABASE_URL',
    schemes: postgres,
    default: 'postgresql://ckan@localhost/ckan',
    meaning: 'The catalogue: a PostgreSQL database with CKAN’s tables.',
    secret: true,
    runtime: false,
  }),
  datastoreUrl: maybeUrl({
    key: 'ckan.datastore.write_url',
    env: 'DATASTORE_URL',
    schemes: postgres,
    default: undefined,
    meaning: 'The database of the datastore.',
    secret: true,
    runtime: false,
  }),
  redisUrl: maybeUrl({
    key: 'ckan.redis.url',
    env: 'REDIS_URL',
    schemes: ['redis:', 'rediss:'],
    default: undefined,
    meaning: 'Queues on Redis; when unset they are in the catalogue’s PostgreSQL.',
    secret: true,
    runtime: false,
  }),
  opensearchUrl: maybeUrl({
    key: 'portolan.opensearch.url',
    env: 'OPENSEARCH_URL',
    default: undefined,
    meaning: 'Search on OpenSearch; when unset it is in the catalogue’s PostgreSQL.',
    secret: true,
    runtime: false,
  }),
  opensearchAlias: text({
    key: 'portolan.opensearch.alias',
    env: 'OPENSEARCH_ALIAS',
    default: 'portolan',
    meaning: 'The alias that is searched; each portal on one OpenSearch needs its own.',
    runtime: false,
  }),
  storagePath: text({
    key: 'ckan.storage_path',
    env: 'CKAN_STORAGE_PATH',
    default: 'data/files',
    meaning: 'Folder of uploaded files, when they are not on S3.',
    runtime: false,
  }),
  s3Url: maybeUrl({
    key: 'portolan.s3.url',
    env: 'S3_URL',
    default: undefined,
    meaning: 'Address of an S3 service other than Amazon’s.',
    runtime: false,
  }),
  s3Bucket: maybeText({
    key: 'portolan.s3.bucket',
    env: 'S3_BUCKET',
    aliases: ['ckan.datagovuk.s3_bucket_name'],
    default: undefined,
    meaning: 'Bucket of uploaded files; when unset they are on disk.',
    runtime: false,
  }),
  s3Region: text({
    key: 'portolan.s3.region',
    env: 'S3_REGION',
    aliases: ['ckan.datagovuk.s3_aws_region_name'],
    default: 'eu-west-1',
    meaning: 'Region of the bucket.',
    runtime: false,
  }),
  s3AccessKeyId: maybeText({
    key: 'portolan.s3.access_key_id',
    env: 'S3_ACCESS_KEY_ID',
    aliases: ['ckan.datagovuk.s3_aws_access_key_id'],
    default: undefined,
    meaning: 'Key of the S3 account; when unset the machine’s role is used.',
    secret: true,
    runtime: false,
  }),
  s3SecretAccessKey: maybeText({
    key: 'portolan.s3.secret_access_key',
    env: 'S3_SECRET_ACCESS_KEY',
    aliases: ['ckan.datagovuk.s3_aws_secret_access_key'],
    default: undefined,
    meaning: 'Secret of the S3 account.',
    secret: true,
    runtime: false,
  }),

  // The process
  host: text({
    key: 'portolan.host',
    env: 'HOST',
    default: '0.0.0.0',
    meaning: 'Address the API listens on.',
    runtime: false,
  }),
  port: int({
    key: 'portolan.port',
    env: 'PORT',
    default: 5000,
    max: 65535,
    meaning: 'Port the API listens on.',
    runtime: false,
  }),
  logLevel: choice(
    {
      key: 'portolan.log_level',
      env: 'LOG_LEVEL',
      default: 'info',
      meaning: 'Least severe log line that is written.',
      runtime: false,
    },
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
  ),
  poolSize: int({
    key: 'portolan.database.pool_size',
    default: 10,
    min: 1,
    max: 100,
    meaning: 'PostgreSQL connections of one process.',
    runtime: false,
  }),
  services: list({
    key: 'portolan.services',
    env: 'PORTOLAN_SERVICES',
    default: ['api', 'relay', 'worker', 'harvester', 'scheduler'],
    meaning: 'What `portolan start` runs: any of api, relay, worker, harvester, scheduler.',
    runtime: false,
  }),
  allowReset: bool({
    key: 'portolan.allow_reset',
    env: 'PORTOLAN_ALLOW_RESET',
    default: false,
    meaning: 'Whether `portolan reset` may empty this portal.',
    runtime: false,
  }),
  profile: choice(
    {
      key: 'portolan.profile',
      env: 'PORTOLAN_PROFILE',
      default: 'ckan',
      meaning: 'Plain CKAN, or data.gov.uk’s fields and rules on top.',
      runtime: false,
    },
    ['ckan', 'datagovuk'],
  ),
  indexWait: int({
    key: 'portolan.index_wait_ms',
    default: 5000,
    meaning: 'Milliseconds a write waits for its own index entry.',
  }),

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

  // The site, as status_show tells it
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

  // Tokens
  tokenHeader: text({
    key: 'apitoken_header_name',
    aliases: ['apikey_header_name'],
    default: 'Authorization',
    meaning: 'Request header of the API token; `Authorization` and `X-CKAN-API-Key` are always read too.',
  }),
  tokenBytes: int({
    key: 'api_token.nbytes',
    default: 32,
    min: 16,
    max: 128,
    meaning: 'Random bytes of a token’s id.',
  }),
  tokenSecret: maybeText({
    key: 'api_token.jwt.encode.secret',
    env: 'API_TOKEN_SECRET',
    default: undefined,
    meaning: 'Signs API tokens: `string:…` or `file:…`; falls back to SECRET_KEY.',
    secret: true,
    runtime: false,
  }),
  tokenDecodeSecret: maybeText({
    key: 'api_token.jwt.decode.secret',
    default: undefined,
    meaning: 'Checks API tokens, when not the signing secret.',
    secret: true,
    runtime: false,
  }),
  tokenAlgorithm: choice(
    { key: 'api_token.jwt.algorithm', default: 'HS256', meaning: 'Signature of API tokens.', runtime: false },
    ['HS256', 'HS384', 'HS512'],
  ),
  secretKey: maybeText({
    key: 'SECRET_KEY',
    env: 'SECRET_KEY',
    aliases: ['beaker.session.secret'],
    default: undefined,
    meaning: 'The site’s secret; signs API tokens when they have no secret of their own.',
    secret: true,
    runtime: false,
  }),
  tokenAccessInterval: int({
    key: 'portolan.token.last_access_interval',
    default: 60,
    meaning: 'Seconds between two notes of a token’s use.',
  }),

  // Who may do what
  anonCreateDataset: bool({
    key: 'ckan.auth.anon_create_dataset',
    default: false,
    meaning: 'Anonymous callers may create datasets.',
  }),
  createUnownedDataset: bool({
    key: 'ckan.auth.create_unowned_dataset',
    default: false,
    meaning: 'Datasets need no organisation.',
  }),
  createDatasetIfNotInOrganization: bool({
    key: 'ckan.auth.create_dataset_if_not_in_organization',
    default: true,
    meaning: 'Users outside every organisation may create unowned datasets.',
  }),
  userCreateGroups: bool({
    key: 'ckan.auth.user_create_groups',
    default: true,
    meaning: 'Every user may create groups.',
  }),
  userCreateOrganizations: bool({
    key: 'ckan.auth.user_create_organizations',
    default: true,
    meaning: 'Every user may create organisations.',
  }),
  userDeleteGroups: bool({
    key: 'ckan.auth.user_delete_groups',
    default: true,
    meaning: 'Admins of a group may delete it.',
  }),
  userDeleteOrganizations: bool({
    key: 'ckan.auth.user_delete_organizations',
    default: true,
    meaning: 'Admins of an organisation may delete it.',
  }),
  createUserViaApi: bool({
    key: 'ckan.auth.create_user_via_api',
    default: false,
    meaning: 'Anybody may create a user through the API.',
  }),
  createUserViaWeb: bool({
    key: 'ckan.auth.create_user_via_web',
    default: true,
    meaning: 'Anybody may register a user through a form.',
  }),
  rolesThatCascade: list({
    key: 'ckan.auth.roles_that_cascade_to_sub_groups',
    default: ['admin'],
    meaning: 'Roles that hold for all organisations below, too.',
  }),
  publicUserDetails: bool({
    key: 'ckan.auth.public_user_details',
    default: true,
    meaning: 'Anonymous callers may see users.',
  }),
  publicActivityDetail: bool({
    key: 'ckan.auth.public_activity_stream_detail',
    default: false,
    meaning: 'Everybody may see the data of activities.',
  }),
  allowCollaborators: bool({
    key: 'ckan.auth.allow_dataset_collaborators',
    default: false,
    meaning: 'Datasets may have collaborators.',
  }),
  allowAdminCollaborators: bool({
    key: 'ckan.auth.allow_admin_collaborators',
    default: false,
    meaning: 'Collaborators may be admins of a dataset.',
  }),
  allowCollaboratorsToMove: bool({
    key: 'ckan.auth.allow_collaborators_to_change_owner_org',
    default: false,
    meaning: 'Collaborators may move a dataset to another organisation.',
  }),

  // HTTP
  corsAllowAll: bool({
    key: 'ckan.cors.origin_allow_all',
    default: false,
    meaning: 'Answer browsers of any origin.',
  }),
  corsWhitelist: list({
    key: 'ckan.cors.origin_whitelist',
    default: [],
    meaning: 'Origins whose browsers are answered.',
  }),
  cacheExpires: int({ key: 'ckan.cache_expires', default: 0, meaning: 'Seconds an answer may be cached.' }),
  bodyLimit: int({
    key: 'portolan.http.body_limit_mb',
    default: 100,
    min: 1,
    meaning: 'Megabytes of a request without a file.',
  }),
  bodyDepth: int({
    key: 'portolan.http.json_depth',
    default: 100,
    min: 4,
    meaning: 'Nesting a JSON request may have.',
  }),

  // Search
  searchRowsMax: int({
    key: 'ckan.search.rows_max',
    default: 1000,
    meaning: 'Most rows of one package_search.',
  }),
  searchFallback: choice(
    {
      key: 'portolan.search.fallback',
      default: 'postgres',
      meaning: 'What answers while OpenSearch cannot: PostgreSQL, or CKAN’s Search error.',
    },
    ['postgres', 'error'],
  ),
  searchTimeout: int({
    key: 'portolan.search.timeout_ms',
    default: 5000,
    min: 100,
    meaning:
      'Milliseconds that an engine has to answer a search; on PostgreSQL the statement is cancelled then.',
    runtime: false,
  }),
  searchExpansion: int({
    key: 'portolan.search.expansion_ms',
    default: 1000,
    min: 0,
    meaning:
      'Milliseconds that PostgreSQL may be expected to take for what wildcards, ranges, expressions and fuzzy words of a search stand for; what would take longer is refused at once.',
    runtime: false,
  }),
  searchDefaultSort: text({
    key: 'ckan.search.default_package_sort',
    default: 'score desc, metadata_modified desc',
    meaning: 'Order of package_search when none is asked for.',
  }),
  searchRemoveDeleted: bool({
    key: 'ckan.search.remove_deleted_packages',
    default: true,
    meaning: 'Deleted datasets leave the index.',
  }),
  reindexMinutes: int({
    key: 'portolan.reindex_minutes_before',
    env: 'CKAN_REINDEX_MINUTES_BEFORE',
    default: 1440,
    min: 1,
    meaning: '`datagovuk reindex-recent` indexes what was modified within so many minutes.',
  }),
  searchFacetsLimit: int({ key: 'search.facets.limit', default: 50, min: -1, meaning: 'Values of a facet.' }),
  searchFacetsDefault: int({
    key: 'search.facets.default',
    default: 10,
    meaning: 'Values of a facet on a page.',
  }),
  searchParsers: list({
    key: 'ckan.search.solr_allowed_query_parsers',
    default: [],
    meaning: 'Query parsers that {!…} may name.',
  }),
  searchShowAllTypes: text({
    key: 'ckan.search.show_all_types',
    default: 'dataset',
    meaning: 'Dataset types a bare search shows.',
  }),
  searchLegacyDefaultFields: bool({
    key: 'search.legacy_default_fl',
    default: false,
    meaning: 'Whether the legacy search API gives names (version 2: ids) unless `fl` asks for more.',
  }),
  solrEndpoint: choice(
    {
      key: 'portolan.solr_endpoint',
      env: 'PORTOLAN_SOLR_ENDPOINT',
      default: 'profile',
      meaning:
        'Whether /solr/CORE/select answers, over public data; `profile`: only in the profile datagovuk.',
    },
    ['profile', 'on', 'off'],
  ),
  lowercaseOperators: choice(
    {
      key: 'search.lowercase_operators',
      aliases: ['portolan.search.lowercase_operators'],
      default: 'fielded',
      meaning: 'Whether lower-case `and` joins: between fielded clauses, or never as in Solr.',
    },
    ['fielded', 'strict'],
  ),

  // Datasets and files
  maxResourceSize: int({
    key: 'ckan.max_resource_size',
    default: 10,
    meaning: 'Megabytes (2^20 bytes) of an uploaded resource.',
  }),
  maxImageSize: int({
    key: 'ckan.max_image_size',
    default: 2,
    meaning: 'Megabytes of an uploaded image.',
  }),
  groupImageMediaTypes: list({
    key: 'ckan.upload.group.mimetypes',
    default: ['image/png', 'image/gif', 'image/jpeg'],
    meaning: 'Media types that images of groups and organisations may have; * for any.',
  }),
  groupImageTypes: list({
    key: 'ckan.upload.group.types',
    default: ['image'],
    meaning: 'First halves of media types that images of groups and organisations may have; * for any.',
  }),
  userImageMediaTypes: list({
    key: 'ckan.upload.user.mimetypes',
    default: ['image/png', 'image/gif', 'image/jpeg'],
    meaning: 'Media types that images of users may have; * for any.',
  }),
  userImageTypes: list({
    key: 'ckan.upload.user.types',
    default: ['image'],
    meaning: 'First halves of media types that images of users may have; * for any.',
  }),
  mimetypeGuess: choice(
    {
      key: 'ckan.mimetype_guess',
      default: 'file_ext',
      meaning: 'Where a resource’s media type comes from.',
    },
    ['file_ext', 'file_contents', 'None'],
  ),
  extraResourceFields: list({
    key: 'ckan.extra_resource_fields',
    default: [],
    meaning: 'Further fields that resource_search knows.',
  }),
  defaultViews: list({
    key: 'ckan.views.default_views',
    default: ['image_view', 'datatables_view'],
    meaning: 'Views made for a new resource.',
  }),

  // Organisations and users
  groupSort: text({
    key: 'ckan.default_group_sort',
    default: 'title',
    meaning: 'Order of organisation lists.',
  }),
  groupListMax: int({
    key: 'ckan.group_and_organization_list_max',
    default: 1000,
    meaning: 'Most names in a list of organisations.',
  }),
  groupListAllFieldsMax: int({
    key: 'ckan.group_and_organization_list_all_fields_max',
    default: 25,
    meaning: 'Most organisations in a list with all fields.',
  }),
  lastActiveInterval: int({
    key: 'ckan.user.last_active_interval',
    default: 600,
    meaning: 'Seconds between two notes of a user’s activity.',
  }),

  // Activity
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

  // Mail
  mailServer: maybeText({
    key: 'smtp.server',
    env: 'CKAN_SMTP_SERVER',
    default: undefined,
    meaning: 'Mail server, as host or host:port; without it no mail is sent, and what needs one is refused.',
  }),
  mailStartTls: bool({
    key: 'smtp.starttls',
    env: 'CKAN_SMTP_STARTTLS',
    default: false,
    meaning: 'Insist on STARTTLS.',
  }),
  mailVerifyCertificate: bool({
    key: 'portolan.smtp.verify_certificate',
    default: true,
    meaning: 'Refuse a mail server whose certificate is not to be trusted.',
  }),
  mailUser: maybeText({
    key: 'smtp.user',
    env: 'CKAN_SMTP_USER',
    default: undefined,
    meaning: 'Account at the mail server.',
  }),
  mailPassword: maybeText({
    key: 'smtp.password',
    env: 'CKAN_SMTP_PASSWORD',
    default: undefined,
    meaning: 'Password of that account.',
    secret: true,
  }),
  mailFrom: text({
    key: 'smtp.mail_from',
    env: 'CKAN_SMTP_MAIL_FROM',
    default: 'ckan@localhost',
    meaning: 'Address that mail comes from.',
  }),
  mailReplyTo: maybeText({
    key: 'smtp.reply_to',
    default: undefined,
    meaning: 'Address that answers go to.',
  }),
  activityMail: bool({
    key: 'ckan.activity_streams_email_notifications',
    default: false,
    meaning: 'Mail news of their dashboard to those who want them, when `notify send_emails` is run.',
  }),
  activityMailSince: text({
    key: 'ckan.email_notifications_since',
    default: '2 days',
    meaning: 'Older activities are not mailed; `2 days`, `4:35:00`, `1 day, 2:00:00`.',
  }),
  resetKeyHours: int({
    key: 'portolan.reset_key.hours',
    default: 72,
    meaning: 'Hours in which the link of a password mail opens; 0 is for ever.',
  }),
  inviteKeyHours: int({
    key: 'portolan.reset_key.invite_hours',
    default: 336,
    meaning: 'Hours in which the link of an invitation opens; 0 is for ever.',
  }),

  // Harvesting
  queueType: only(
    {
      key: 'ckan.harvest.mq.type',
      meaning: 'What carries the queues: `redis`, or PostgreSQL where no Redis is named.',
      runtime: false,
    },
    'redis',
    (type) =>
      /^amq?pq?$/i.test(type)
        ? 'redis: the queues are on Redis or in PostgreSQL, RabbitMQ is not supported'
        : `redis: not a valid queue type ${type}`,
  ),
  queueHost: maybeText({
    key: 'ckan.harvest.mq.hostname',
    default: undefined,
    meaning: 'Host of the queues’ Redis; it counts before `ckan.redis.url`.',
    runtime: false,
  }),
  queuePort: int({
    key: 'ckan.harvest.mq.port',
    default: 6379,
    min: 1,
    max: 65535,
    meaning: 'Port of that Redis.',
    runtime: false,
  }),
  queueDatabase: int({
    key: 'ckan.harvest.mq.redis_db',
    default: 0,
    meaning: 'Number of the database in that Redis.',
    runtime: false,
  }),
  queuePassword: maybeText({
    key: 'ckan.harvest.mq.password',
    default: undefined,
    meaning: 'Password of that Redis.',
    secret: true,
    runtime: false,
  }),
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
  harvestMaxRecords: int({
    key: 'portolan.harvest.max_records',
    aliases: ['harvest.max_records_per_job'],
    default: 1_000_000,
    min: 1,
    meaning: 'Most records of one harvest job; a listing that is longer is refused.',
  }),
  harvestMaxRecordSize: int({
    key: 'portolan.harvest.max_record_mb',
    aliases: ['harvest.max_record_mb'],
    default: 10,
    min: 1,
    meaning: 'Megabytes of one harvested record.',
  }),
  harvestMaxDocumentSeconds: int({
    key: 'portolan.harvest.max_document_s',
    aliases: ['harvest.max_document_s'],
    default: 5,
    min: 1,
    meaning:
      'Seconds of a processor that reading a harvested document takes at most, an RDF one for each megabyte.',
  }),
  harvestMaxResources: int({
    key: 'portolan.harvest.max_resources',
    aliases: ['harvest.max_resources_per_dataset'],
    default: 2000,
    min: 1,
    meaning: 'Most resources of a harvested dataset.',
  }),
  harvestOverlap: int({
    key: 'portolan.harvest.ckan.overlap_minutes',
    aliases: ['harvest.ckan.overlap_minutes'],
    default: 60,
    meaning: 'Minutes before its last error-free job from which another CKAN’s changes are asked for.',
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
  harvestUser: maybeText({
    key: 'ckanext.harvest.user_name',
    default: undefined,
    meaning: 'User that harvested datasets are written as; else `harvest`, else the site user.',
  }),
  harvestSpatialUser: maybeText({
    key: 'ckanext.spatial.harvest.user_name',
    default: undefined,
    meaning: 'User that datasets of spatial sources are written as; else the site user.',
  }),
  harvestNameAppend: choice(
    {
      key: 'ckanext.harvest.default_dataset_name_append',
      default: 'number-sequence',
      meaning: 'What makes a taken dataset name unique.',
    },
    ['number-sequence', 'random-hex'],
  ),
  harvestKeepFields: list({
    key: 'ckan.harvest.not_overwrite_fields',
    default: [],
    meaning: 'Dataset fields that a harvest leaves as they are.',
  }),
  harvestKeepExtras: list({
    key: 'ckan.harvest.extras_not_overwritten',
    default: [],
    meaning: 'Extras that a harvest leaves as they are where a dataset has them.',
  }),
  dataJsonAdditions: choice(
    {
      key: 'portolan.harvest.dcat_json.additions',
      default: 'profile',
      meaning:
        'Whether records of a data.json keep their licence, contact, themes, period and media types, which CKAN leaves out, and those that are not public are left out; for sources whose configuration has no `additions`. `profile`: only in the profile datagovuk.',
    },
    ['profile', 'on', 'off'],
  ),
  rdfCleanTags: bool({
    key: 'ckanext.dcat.clean_tags',
    default: false,
    meaning:
      'Whether all keywords of harvested RDF are made simple tags; else only those that CKAN would refuse.',
  }),
  rdfNormalizeFormats: bool({
    key: 'ckanext.dcat.normalize_ckan_format',
    default: true,
    meaning: 'Whether formats of harvested RDF are spelled as the portal spells them.',
  }),
  rdfSubcatalogues: bool({
    key: 'ckanext.dcat.expose_subcatalogs',
    default: false,
    meaning:
      'Whether datasets of harvested RDF tell, in extras `source_catalog_*`, of the catalogue that they come from.',
  }),
  harvestStalledAfter: int({
    key: 'portolan.harvest.stalled_after_s',
    aliases: ['harvest.stalled_after_s'],
    default: 120,
    min: 45,
    meaning: 'Seconds without a sign of life after which others take over what a harvest worker was at.',
  }),
  validatorProfiles: list({
    key: 'ckan.spatial.validator.profiles',
    default: ['iso19139'],
    meaning: 'Validation profiles of spatial records, for sources that name none.',
  }),
  continueOnValidationErrors: bool({
    key: 'ckanext.spatial.harvest.continue_on_validation_errors',
    default: false,
    meaning: 'Whether spatial records that fail validation are imported all the same, with their errors.',
  }),
  spatialAnchors: bool({
    key: 'portolan.harvest.spatial.anchor_fallback',
    default: true,
    meaning:
      'Whether texts that spatial records write as links (`gmx:Anchor`) are read where no plain text is.',
  }),
  spatialValidateWms: bool({
    key: 'ckanext.spatial.harvest.validate_wms',
    default: false,
    meaning: 'Whether the resources of generic spatial records are asked whether they are Web Map Services.',
  }),
  spatialTagSchema: bool({
    key: 'ckan.spatial.validator.use_default_tag_schema',
    default: false,
    meaning: 'Whether tags of GEMINI records that break CKAN’s rules are left out, with an error each.',
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
  harvestMaxFileSize: int({
    key: 'ckanext.dcat.max_file_size',
    aliases: ['harvest.max_response_mb'],
    default: 50,
    meaning: 'Megabytes of one harvested file.',
  }),

  // Outbound requests
  fetchAllow: list({
    key: 'portolan.fetch.allow',
    env: 'PORTOLAN_FETCH_ALLOW',
    aliases: ['harvest.allow_private_hosts'],
    default: [],
    meaning: 'Inside addresses (host:port or network/bits) that may be fetched all the same.',
  }),
  fetchTimeout: int({
    key: 'portolan.fetch.timeout_s',
    default: 300,
    min: 1,
    meaning:
      'Seconds one outbound request may take with all of its answer; 10 of them to connect, 30 until the answer begins, 60 where that is a listing.',
  }),
};
