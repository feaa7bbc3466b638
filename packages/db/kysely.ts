import { createRequire } from 'node:module';

/** Kysely as CommonJS, the same code: its 262 files load in less than half the time that they need as ES modules. */
export const { Kysely, PostgresDialect } = createRequire(import.meta.url)(
  'kysely',
) as typeof import('kysely');
