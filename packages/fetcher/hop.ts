import type { Dispatcher } from 'undici';
import type { AllowList } from './address.rules.ts';
import { asFetchError, FetchError } from './errors.ts';
import type { RequestOptions, ResponseHeaders } from './options.ts';
import { isSecretHeader, withoutSecrets } from './secret.rules.ts';
import { checkedUrl } from './target.rules.ts';
import { undici } from './undici.ts';

export interface Hop {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

/** The first request of a fetch; userinfo of the address becomes its `Authorization`. */
export function firstHop(address: string, options: RequestOptions, userAgent: string, allow: AllowList): Hop {
  const url = checkedUrl(address, allow);
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value;
  if (options.etag !== undefined) headers['if-none-match'] = options.etag;
  if (options.lastModified !== undefined) headers['if-modified-since'] = options.lastModified;
  if (url.username !== '' || url.password !== '') {
    const userinfo = `${decoded(url.username)}:${decoded(url.password)}`;
    headers['authorization'] ??= `Basic ${Buffer.from(userinfo).toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  return { url, method: (options.method ?? 'GET').toUpperCase(), headers, body: options.body };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone percent sign in a password is not an escape.
  }
}

const redirects = new Set([301, 302, 303, 307, 308]);
export const isRedirect = (status: number): boolean => redirects.has(status);

/**
 * The request a redirect asks for (RFC 9110 §15.4): checked like the first one; whatever identifies the
 * caller stays behind when the origin changes, and userinfo in `Location` is never taken.
 */
export function nextHop(hop: Hop, status: number, location: string | undefined, allow: AllowList): Hop {
  const from = withoutSecrets(hop.url);
  if (location === undefined || !URL.canParse(location, hop.url.href))
    throw new FetchError('redirect', 'no usable Location', { url: from });
  const url = checkedUrl(new URL(location, hop.url).href, allow);
  url.username = '';
  url.password = '';
  const toGet =
    (status === 303 && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST');
  const kept = Object.entries(hop.headers).filter(
    ([name]) =>
      (url.origin === hop.url.origin || !isSecretHeader(name)) && !(toGet && name.startsWith('content-')),
  );
  return {
    url,
    method: toGet ? 'GET' : hop.method,
    headers: Object.fromEntries(kept),
    body: toGet ? undefined : hop.body,
  };
}

/** One request and the header of its answer. @throws FetchError, or the signal's reason */
export async function send(
  hop: Hop,
  dispatcher: Dispatcher,
  limits: { headersTimeout: number; idleTimeout: number },
  signal: AbortSignal,
): Promise<{ status: number; headers: ResponseHeaders; body: Dispatcher.ResponseData['body'] }> {
  const late = new AbortController();
  const url = withoutSecrets(hop.url);
  const timer = setTimeout(
    () => late.abort(new FetchError('timeout', `no answer for ${limits.headersTimeout} ms`, { url })),
    limits.headersTimeout,
  );
  try {
    const response = await undici().request(hop.url, {
      dispatcher,
      method: hop.method as Dispatcher.HttpMethod,
      headers: hop.headers,
      body: hop.body ?? null,
      signal: AbortSignal.any([signal, late.signal]),
      // Our own timers are stricter: undici's restart with every byte, or count a slow reader.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    return { status: response.statusCode, headers: flat(response.headers), body: response.body };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FetchError && error.kind === 'blocked')
      throw new FetchError('blocked', url, { url });
    throw late.signal.aborted ? late.signal.reason : asFetchError(error, url);
  } finally {
    clearTimeout(timer);
  }
}

function flat(headers: Record<string, string | string[] | undefined>): ResponseHeaders {
  const pairs = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(pairs);
}
