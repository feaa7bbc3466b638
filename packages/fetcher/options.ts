import type { Logger, Runtime } from '@portolan/kernel';
import type { CircuitBreaker } from './circuit.ts';
import type { Resolve } from './connect.ts';
import type { HostLimiter } from './politeness.ts';

/** How a process fetches. Times are milliseconds; every default is in `defaults`. */
export interface FetcherOptions {
  runtime: Runtime;
  logger: Logger;
  /** Inside targets that may be fetched all the same (`config.fetchAllow`). */
  allow: readonly string[];
  /** `host:port` of the portal's own services, which never are, whatever `allow` says. */
  own?: readonly string[];
  userAgent: string;
  /** One request with its redirects and its body. */
  timeout?: number;
  connectTimeout?: number;
  /** Until the header of the answer has come. */
  headersTimeout?: number;
  /** Waiting in which fewer than `minProgress` bytes of the body come. */
  idleTimeout?: number;
  minProgress?: number;
  /** Bytes of a body, before and after decompression. */
  maxBytes?: number;
  maxRatio?: number;
  maxHeaderBytes?: number;
  maxRedirects?: number;
  retries?: number;
  backoff?: number;
  maxWait?: number;
  concurrencyPerHost?: number;
  minIntervalPerHost?: number;
  circuitThreshold?: number;
  circuitCooldown?: number;
  /** Turns at a host; the default counts within this process. */
  limiter?: HostLimiter;
  /** Which hosts have stopped answering; the default is what this process has seen. */
  circuit?: CircuitBreaker;
  /** Name resolution; the default is the operating system's. */
  resolve?: Resolve;
}

export const defaults = {
  timeout: 300_000,
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  idleTimeout: 30_000,
  minProgress: 1024,
  maxBytes: 50 * 2 ** 20,
  maxRatio: 200,
  maxHeaderBytes: 32 * 2 ** 10,
  maxRedirects: 5,
  retries: 3,
  backoff: 1000,
  maxWait: 60_000,
  concurrencyPerHost: 2,
  minIntervalPerHost: 500,
  circuitThreshold: 20,
  circuitCooldown: 60_000,
} as const;

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  maxBytes?: number;
  timeout?: number;
  headersTimeout?: number;
  idleTimeout?: number;
  retries?: number;
  /** It only asks, whatever its method: it is repeated as a GET would be. */
  repeatable?: boolean;
  /** Milliseconds until the next request to the host may start, where the usual is shorter. */
  minInterval?: number;
  /** Told of every hop: milliseconds from its turn until the head of the answer, or until it failed. */
  onAnswer?(answer: { host: string; milliseconds: number; failed: boolean }): void;
  /** Sent as `If-None-Match`. */
  etag?: string;
  /** Sent as `If-Modified-Since`, verbatim. */
  lastModified?: string;
}

/** Header names are in lower case; repeated headers are joined by `, `. */
export type ResponseHeaders = Readonly<Record<string, string>>;

export interface FetchResponse {
  status: number;
  headers: ResponseHeaders;
  /** Where the answer came from, after redirects, without userinfo. */
  url: string;
  /** Decompressed bytes. Read it to the end or return it: until then it holds a turn at its host. */
  body: AsyncIterable<Buffer>;
  /** Gives the body up; no effect once it has been read. */
  discard(): void;
  /** The server says that what `etag` or `lastModified` names is still what it has. */
  notModified: boolean;
}

/** An answer that has been read whole. */
export interface FetchDocument extends Omit<FetchResponse, 'body' | 'discard'> {
  bytes: Buffer;
  text(): string;
  /** @throws FetchError `decode` */
  json(): unknown;
}
