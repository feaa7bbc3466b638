const retriedStatus = new Set([429, 502, 503, 504]);
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

export const mayRetryStatus = (status: number): boolean => retriedStatus.has(status);
export const isIdempotent = (method: string): boolean => idempotent.has(method);

export interface RetryLimits {
  /** Requests after the first. */
  retries: number;
  /** Milliseconds before the first repetition; doubled each time. */
  backoff: number;
  /** Longest wait, whatever the server asks for. */
  maxWait: number;
}

/**
 * Milliseconds until repetition number `attempt` (from 0): what `Retry-After` says (RFC 9110 §10.2.3: seconds
 * or a date), else an exponential back-off of which `random` (0 to 1) chooses a point in the upper half.
 * Undefined when the server asks for more patience than `maxWait`: to come back earlier would be rude.
 */
export function retryWait(
  attempt: number,
  retryAfter: string | undefined,
  limits: RetryLimits,
  now: number,
  random: number,
): number | undefined {
  const asked = retryAfter === undefined ? undefined : askedWait(retryAfter.trim(), now);
  if (asked !== undefined) return asked > limits.maxWait ? undefined : Math.max(0, asked);
  return Math.min(limits.backoff * 2 ** attempt * (0.5 + random / 2), limits.maxWait);
}

function askedWait(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now;
}
