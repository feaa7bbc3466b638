import type { Kysely as Queries } from 'kysely';
import pg from 'pg';
import { Kysely, PostgresDialect } from './kysely.ts';
import type { Tables } from './tables.ts';

const timestampWithoutZone = 1114;
const bigint = 20;

/**
 * Timestamps stay text, as PostgreSQL writes them (`YYYY-MM-DD HH:MM:SS.ffffff`): a JavaScript Date would lose
 * the microseconds that clients compare. `bigint` is a number: nothing here counts beyond 2^53.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === timestampWithoutZone) return (value: string) => value;
    if (oid === bigint) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** What runs SQL: the pool or one transaction. */
export interface Sql {
  /** Typed queries, for everything that is not hot. */
  readonly kysely: Queries<Tables>;
  /** Runs a statement and returns its rows. */
  rows<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Like `rows`, as a prepared statement of the session; only for a fixed text. */
  prepared<Row extends object>(name: string, text: string, values?: unknown[]): Promise<Row[]>;
  /**
   * The same with `rows` and `prepared` whose statements are cancelled on the server once `signal` is aborted, and
   * throw its reason. A transaction has none: what it has to do cannot be done in part.
   */
  until?(signal: AbortSignal): Sql;
}

/** One transaction. A function that takes it never commits. */
export interface Tx extends Sql {
  readonly transaction: true;
  /**
   * Runs as the last of the transaction, in order: for what others wait for until the commit. Not when the work has
   * thrown; when it throws itself, all is rolled back.
   */
  beforeCommit(run: () => Promise<void>): void;
  /** Runs after the commit, in order; never after a roll-back. */
  afterCommit(run: () => Promise<void> | void): void;
  /** Runs when the transaction is rolled back, also by a failed commit. */
  afterRollback(run: () => Promise<void> | void): void;
}

export function sqlOn(client: pg.ClientBase): Sql {
  const single = {
    connect: async () => ({ query: client.query.bind(client), release: () => {} }),
    end: async () => {},
  };
  let kysely: Queries<Tables> | undefined;
  return {
    get kysely() {
      // Made on first use: most transactions of the hot paths never need it.
      kysely ??= new Kysely<Tables>({ dialect: new PostgresDialect({ pool: single as unknown as pg.Pool }) });
      return kysely;
    },
    rows: async (text, values) => (await client.query({ text, values })).rows,
    prepared: async (name, text, values) => (await client.query({ name, text, values })).rows,
  };
}
