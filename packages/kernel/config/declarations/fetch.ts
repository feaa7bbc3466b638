import { int, list } from '../option.ts';

/** Outbound requests. */
export const fetch = {
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
