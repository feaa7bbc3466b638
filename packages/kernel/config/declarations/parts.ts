import { int, maybeText, maybeUrl, only, text, url } from '../option.ts';

const postgres = ['postgres:', 'postgresql:'];

/** Where the parts are: databases, queues, search, files. */
export const parts = {
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
};
