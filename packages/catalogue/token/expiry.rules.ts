/** Where CKAN's `expire_api_token` plugin keeps the end of a token's life. */
export const expiryExtra = 'expire_api_token';

/**
 * The end of a token's life in milliseconds since the epoch, as its row tells: seconds, or a naive moment in UTC.
 * A text that is neither ends the token at once: a lock that cannot be read stays shut.
 */
export function expiryOf(extras: unknown): number | undefined {
  const own = (extras as Record<string, unknown> | null | undefined)?.[expiryExtra];
  const end = (own as Record<string, unknown> | null | undefined)?.['exp'];
  if (end === undefined || end === null) return undefined;
  if (typeof end === 'number') return end * 1000;
  if (typeof end !== 'string') return 0;
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(end) ? end : `${end.replace(' ', 'T')}Z`;
  const moment = Date.parse(zoned);
  return Number.isNaN(moment) ? 0 : moment;
}
