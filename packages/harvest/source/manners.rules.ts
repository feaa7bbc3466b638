import type { Fetcher, RequestOptions } from '@portolan/fetcher';
import { checkKeys, isBoolean } from '../drivers/config.rules.ts';

/** How a source wants to be treated, beyond what every host is granted. */
export interface Manners {
  /** `max_concurrency`: runs that import its records at the same time. */
  concurrency: number | undefined;
  /** `min_request_interval_ms`: milliseconds between the starts of two requests to its hosts. */
  interval: number | undefined;
  /** `user_agent`: sent in place of the portal's own. */
  userAgent: string | undefined;
  /** `allow_offsite`: its listing may lead to other hosts. */
  offsite: boolean;
}

/**
 * What a source's configuration says of it.
 * @throws Error that names the key that cannot be read
 */
export function mannersOf(config: Record<string, unknown>): Manners {
  const { user_agent: userAgent } = config;
  checkKeys(config, [['allow_offsite', isBoolean]]);
  // Bytes of a header, and none that would end it.
  if (userAgent !== undefined && (typeof userAgent !== 'string' || !/^[\x20-\x7e]{0,200}$/.test(userAgent)))
    throw new Error('user_agent must be a text of at most 200 printable ASCII characters');
  return {
    concurrency: whole(config, 'max_concurrency', 1, 16),
    interval: whole(config, 'min_request_interval_ms', 0, 60_000),
    userAgent: userAgent || undefined,
    offsite: config['allow_offsite'] === true,
  };
}

function whole(
  config: Record<string, unknown>,
  key: string,
  least: number,
  most: number,
): number | undefined {
  const value = config[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${key} must be a whole number from ${least} to ${most}`);
}

/** Like `mannersOf`; a configuration that other hands have written, and nobody can read, wishes for nothing. */
export function knownManners(config: Record<string, unknown>): Manners {
  try {
    return mannersOf(config);
  } catch {
    return { concurrency: undefined, interval: undefined, userAgent: undefined, offsite: false };
  }
}

/** The same fetcher, with the manners that the source asks for. */
export function mannerly(fetcher: Fetcher, config: Record<string, unknown>): Fetcher {
  const { interval, userAgent } = knownManners(config);
  const asked = (options: RequestOptions = {}): RequestOptions => ({
    ...options,
    ...(interval === undefined ? {} : { minInterval: interval }),
    ...(userAgent === undefined ? {} : { headers: { ...options.headers, 'user-agent': userAgent } }),
  });
  return {
    fetch: (url, options) => fetcher.fetch(url, asked(options)),
    read: (url, options) => fetcher.read(url, asked(options)),
    close: () => fetcher.close(),
  };
}

/** Milliseconds until the answer to a question for a listing has to begin: servers take their time to put one together. */
const listingPatience = 60_000;

/** Likewise, for what lists the source's records. */
export function mannerlyLister(fetcher: Fetcher, config: Record<string, unknown>): Fetcher {
  const asking = mannerly(fetcher, config);
  const patient = (options: RequestOptions = {}) => ({ headersTimeout: listingPatience, ...options });
  return {
    fetch: (url, options) => asking.fetch(url, patient(options)),
    read: (url, options) => asking.read(url, patient(options)),
    close: () => fetcher.close(),
  };
}

/** Whether a listing may lead from one address to the other. */
export const mayLeadTo = (to: string, from: string, config: Record<string, unknown>): boolean =>
  knownManners(config).offsite || new URL(to).host === new URL(from).host;
