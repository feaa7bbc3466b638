import { bool, int, list } from '../option.ts';

/** HTTP. */
export const http = {
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
};
