import { setTimeout as delay } from 'node:timers/promises';
import type { Agent } from 'undici';
import { parseAllowList } from './address.rules.ts';
import { counted, decoded } from './body.ts';
import { createCircuitBreaker } from './circuit.ts';
import { guardedConnector, systemResolve } from './connect.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { asFetchError, FetchError } from './errors.ts';
import { firstHop, type Hop, isRedirect, nextHop, send } from './hop.ts';
import {
  defaults,
  type FetchDocument,
  type FetcherOptions,
  type FetchResponse,
  type RequestOptions,
} from './options.ts';
import { createHostLimiter } from './politeness.ts';
import { documentOf, readAll } from './read.ts';
import { isIdempotent, mayRetryStatus, retryWait } from './retry.rules.ts';
import { withoutSecrets } from './secret.rules.ts';
import { undici } from './undici.ts';

export interface Fetcher {
  /**
   * One answer, whatever its status, its body streamed. GET, HEAD, PUT, DELETE and what is `repeatable` are repeated after
   * 429, 502, 503, 504 and after connection errors, until the body starts.
   * @throws FetchError; the reason of `options.signal` when that is aborted
   */
  fetch(url: string, options?: RequestOptions): Promise<FetchResponse>;
  /**
   * One answer read whole (so bounded by `maxBytes`), repeated also when the body breaks off.
   * @throws FetchError, of kind `status` for anything but success and `notModified`
   */
  read(url: string, options?: RequestOptions): Promise<FetchDocument>;
  /** Ends open connections; requests in flight fail. */
  close(): Promise<void>;
}

/** The one way out of the portal: http and https to the open internet, bounded and polite. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const settings = { ...defaults, ...options };
  const { runtime, logger } = settings;
  const allow = parseAllowList(settings.allow, settings.own);
  const limiter =
    settings.limiter ??
    createHostLimiter({
      concurrency: settings.concurrencyPerHost,
      minInterval: settings.minIntervalPerHost,
      runtime,
    });
  const circuit =
    settings.circuit ??
    createCircuitBreaker({
      threshold: settings.circuitThreshold,
      cooldown: settings.circuitCooldown,
      runtime,
    });
  // An Agent of our own: the global one may be configured from proxy variables of the environment.
  const newAgent = () =>
    new (undici().Agent)({
      connect: guardedConnector({
        allow,
        resolve: settings.resolve ?? systemResolve,
        timeout: settings.connectTimeout,
      }),
      maxHeaderSize: settings.maxHeaderBytes,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 30_000,
    });
  let agent: Agent | undefined;

  /** One hop within its turn at the host; the turn lasts until the body has ended. */
  async function visit(
    hop: Hop,
    limits: ReturnType<typeof limitsOf>,
    deadline: Deadline,
  ): Promise<FetchResponse> {
    const { signal } = deadline;
    const url = withoutSecrets(hop.url);
    const giveBack = await limiter.acquire(hop.url.host, signal, limits.minInterval);
    let asked: number | undefined;
    const answered = (failed: boolean) => {
      if (asked !== undefined)
        limits.onAnswer?.({ host: hop.url.host, milliseconds: runtime.now() - asked, failed });
      asked = undefined;
    };
    deadline.start(); // Waiting for the first turn is our own politeness, not the server's delay.
    try {
      await circuit.check(hop.url.host, signal);
      asked = runtime.now();
      agent ??= newAgent();
      const { status, headers, body } = await send(hop, agent, limits, signal);
      answered(mayRetryStatus(status));
      if (mayRetryStatus(status)) await circuit.failed(hop.url.host);
      else await circuit.succeeded(hop.url.host);
      const discard = () => {
        body.on('error', () => undefined); // Destroying it is our own doing.
        body.destroy();
        giveBack();
      };
      signal.addEventListener('abort', giveBack, { once: true });
      const announced = Number(headers['content-length']);
      if (announced > limits.maxBytes && hop.method !== 'HEAD' && status < 300) {
        discard();
        throw new FetchError('tooLarge', `Content-Length ${announced}, limit ${limits.maxBytes}`, {
          url,
          size: { announced, allowed: limits.maxBytes },
        });
      }
      const count = { bytes: 0 };
      const encoding =
        hop.method === 'HEAD' || status === 204 || status === 304 ? undefined : headers['content-encoding'];
      const stream = async function* () {
        try {
          yield* decoded(counted(body, limits, url, count), encoding, limits, url, count);
        } catch (error) {
          throw signal.aborted ? signal.reason : asFetchError(error, url);
        } finally {
          signal.removeEventListener('abort', giveBack);
          discard();
        }
      };
      return { status, headers, url: hop.url.href, body: stream(), discard, notModified: status === 304 };
    } catch (error) {
      giveBack();
      // A request that we ended says nothing about the server.
      if (limits.caller?.aborted !== true) answered(true);
      if (error instanceof FetchError && error.again) await circuit.failed(hop.url.host);
      throw error;
    }
  }

  /** A request with its redirects, all within one deadline. */
  async function once(address: string, request: RequestOptions): Promise<FetchResponse> {
    const limits = limitsOf(request);
    let hop = firstHop(address, request, settings.userAgent, allow);
    const deadline = createDeadline(limits.timeout, request.signal, withoutSecrets(hop.url));
    try {
      for (let followed = 0; ; followed++) {
        const response = await visit(hop, limits, deadline);
        if (!isRedirect(response.status)) return ending(response, deadline.stop);
        response.discard();
        if (followed === settings.maxRedirects)
          throw new FetchError('redirect', `more than ${settings.maxRedirects}`, {
            url: withoutSecrets(hop.url),
          });
        hop = nextHop(hop, response.status, response.headers['location'], allow);
      }
    } catch (error) {
      deadline.stop();
      throw error;
    }
  }

  function limitsOf(request: RequestOptions) {
    const { timeout, headersTimeout, idleTimeout, maxBytes, minInterval, onAnswer } = {
      ...settings,
      ...defined(request),
    };
    return {
      timeout,
      headersTimeout,
      idleTimeout,
      maxBytes,
      minInterval,
      maxRatio: settings.maxRatio,
      minProgress: settings.minProgress,
      onAnswer,
      caller: request.signal,
    };
  }

  /** Repeats what may be repeated; `finish` makes the result of an answer and may fail like the request. */
  async function repeated<Result>(
    address: string,
    request: RequestOptions,
    finish: (response: FetchResponse) => Promise<Result>,
  ): Promise<Result> {
    const mayRepeat = request.repeatable ?? isIdempotent((request.method ?? 'GET').toUpperCase());
    const retries = mayRepeat ? (request.retries ?? settings.retries) : 0;
    for (let attempt = 0; ; attempt++) {
      const last = attempt >= retries;
      let wait: number | undefined;
      try {
        const response = await once(address, request);
        if (!last && mayRetryStatus(response.status))
          wait = waitFor(attempt, response.headers['retry-after']);
        if (wait === undefined) return await finish(response);
        response.discard();
      } catch (error) {
        if (!(error instanceof FetchError)) throw error;
        logger.info({ url: withoutSecrets(address), kind: error.kind, attempt }, error.message);
        if (last || !error.again) throw error;
        wait = waitFor(attempt, undefined) ?? 0;
      }
      await pause(wait, request.signal);
    }
  }

  function waitFor(attempt: number, retryAfter: string | undefined): number | undefined {
    const random = runtime.bytes(2).readUInt16BE() / 65_536;
    return retryWait(attempt, retryAfter, settings, runtime.now(), random);
  }

  return {
    fetch: (address, request = {}) => repeated(address, request, async (response) => response),
    read: (address, request = {}) =>
      repeated(address, request, async (response) => {
        const url = withoutSecrets(response.url);
        if (!response.notModified && (response.status < 200 || response.status > 299)) {
          response.discard();
          throw new FetchError('status', String(response.status), { url, status: response.status });
        }
        return documentOf(response, await readAll(response));
      }),
    async close() {
      await agent?.destroy();
      await limiter.close?.();
    },
  };
}

/** Passes the body on and calls `stop` once it has ended, however. */
function ending(response: FetchResponse, stop: () => void): FetchResponse {
  const body = async function* () {
    try {
      yield* response.body;
    } finally {
      stop();
    }
  };
  return {
    ...response,
    body: body(),
    discard() {
      stop();
      response.discard();
    },
  };
}

/** @throws the signal's reason */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
}

const defined = (request: RequestOptions): RequestOptions =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
