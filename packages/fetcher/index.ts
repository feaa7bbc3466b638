export { type AllowList, isPublicAddress, parseAllowList } from './address.rules.ts';
export { type CircuitBreaker, createCircuitBreaker } from './circuit.ts';
export type { Resolve } from './connect.ts';
export { FetchError, type FetchErrorKind, fetchErrorTable } from './errors.ts';
export { createFetcher, type Fetcher } from './fetcher.ts';
export type {
  FetchDocument,
  FetcherOptions,
  FetchResponse,
  RequestOptions,
  ResponseHeaders,
} from './options.ts';
export { createHostLimiter, type HostLimiter } from './politeness.ts';
export { withoutSecrets } from './secret.rules.ts';
