import { bool, choice, int, list, text } from '../option.ts';

/** What a process is and runs. */
export const process = {
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
};
