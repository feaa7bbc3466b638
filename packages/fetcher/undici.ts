import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const require = createRequire(import.meta.url);

/** The HTTP client, loaded with the first request: every process knows the fetcher, and most never use it. */
export const undici = (): Undici => require('undici') as Undici;
