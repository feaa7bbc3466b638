import { type Logger, PortolanError } from '@portolan/kernel';
import pg from 'pg';
import { cancellable } from './cancel.ts';
import { columnTypes, type Sql, sqlOn, type Tx } from './connection.ts';
import { Kysely, PostgresDialect } from './kysely.ts';
import type { Tables } from './tables.ts';

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity; operators' recipes search for it. */
  application: string;
  poolSize: number;
  logger: Logger;
}

/** The pool of one process. */
export interface Db extends Sql {
  readonly transaction: false;
  /**
   * Runs `work` in one transaction and commits. Deadlocks and serialisation failures are tried again.
   * @throws PortolanError `readOnly` while the gate is closed, `busy` when no connection is free.
   */
  transact<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /**
   * Closes or opens the gate for this pool: returns when no transaction of it is writing any more and every
   * session is read-only (or no longer so).
   */
  setReadOnly(on: boolean): Promise<void>;
  /** A dedicated session outside the pool, for LISTEN or a session lock; the caller ends it. */
  session(): Promise<pg.Client>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const settings = {
  TimeZone: 'UTC',
  search_path: 'public',
  idle_in_transaction_session_timeout: 60_000,
  'portolan.audited': 'on',
  jit: 'off',
  random_page_cost: 1.1,
};

// Statements of transactions look rows up by keys. PostgreSQL would plan those with a list of keys anew each time, for
// it expects ten keys of a list that it does not know; planning takes several times as long as running them.
const begin = 'BEGIN; SET LOCAL plan_cache_mode = force_generic_plan';

const retried = new Set(['40001', '40P01']);
const attempts = 4;

export function openDatabase(options: DatabaseOptions): Db {
  const { logger } = options;
  const connection: pg.ClientConfig = {
    connectionString: options.url,
    application_name: options.application,
    types: columnTypes,
    keepAlive: true,
    // portolan.audited: what these sessions write is in the audit log by the action, not by the statement.
    // jit: compiling our statements takes longer than running them. random_page_cost: databases lie on solid-state
    // disks or in memory; PostgreSQL's default reads whole tables where an index would do.
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  };
  const pool = new pg.Pool({ ...connection, max: options.poolSize, connectionTimeoutMillis: 2000 });
  // An idle session that PostgreSQL ends is replaced at the next use; without a listener it would end us.
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database session was lost'));
  // The pool does not listen while a session is in use: one that is ended between two statements of a transaction
  // would end us too. The next statement fails and says why.
  pool.on('connect', (client) => {
    client.on('error', (error) => logger.debug({ err: error }, 'a database session was lost'));
  });

  const gate = new Gate();
  const sessions = new WeakMap<pg.PoolClient, boolean>();

  async function checkout(): Promise<pg.PoolClient> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      if (isUnavailable(error))
        throw new PortolanError('busy', 'The database is not available, please try again', { cause: error });
      throw error;
    }
    if ((sessions.get(client) ?? false) !== gate.closed) {
      await client.query(`SET default_transaction_read_only = ${gate.closed ? 'on' : 'off'}`);
      sessions.set(client, gate.closed);
    }
    return client;
  }

  async function run<Row extends object>(query: pg.QueryConfig, signal?: AbortSignal): Promise<Row[]> {
    const client = await checkout();
    let doubtful = false;
    const ask = () => client.query<Row>(query);
    try {
      const { rows } = signal
        ? await cancellable(client, signal, ask, () => {
            doubtful = true;
          })
        : await ask();
      client.release(doubtful);
      return rows;
    } catch (error) {
      client.release(doubtful || isConnectionLoss(error));
      throw error;
    }
  }

  async function once<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const client = await checkout();
    const sql = sqlOn(client);
    const last: (() => Promise<void>)[] = [];
    const committed: (() => Promise<void> | void)[] = [];
    const undone: (() => Promise<void> | void)[] = [];
    const tx: Tx = {
      get kysely() {
        return sql.kysely;
      },
      rows: sql.rows,
      prepared: sql.prepared,
      transaction: true,
      beforeCommit: (run) => void last.push(run),
      afterCommit: (run) => void committed.push(run),
      afterRollback: (run) => void undone.push(run),
    };
    let result: Result;
    try {
      await client.query(begin);
      result = await work(tx);
      for (const run of last) await run();
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      const broken = await client.query('ROLLBACK').then(
        () => isConnectionLoss(error),
        () => true,
      );
      client.release(broken);
      for (const run of undone) await run();
      throw error;
    }
    for (const run of committed) await run();
    return result;
  }

  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect: checkout, end: () => pool.end() } as never }),
  });
  return {
    transaction: false,
    kysely,
    pool,
    rows: (text, values) => run({ text, values }),
    prepared: (name, text, values) => run({ name, text, values }),
    until: (signal) => ({
      kysely,
      rows: (text, values) => run({ text, values }, signal),
      prepared: (name, text, values) => run({ name, text, values }, signal),
    }),
    async transact(work) {
      const leave = gate.enter();
      try {
        for (let attempt = 1; ; attempt++) {
          try {
            return await once(work);
          } catch (error) {
            const code = (error as { code?: string }).code;
            if (code === '25006') throw readOnly(error);
            if (attempt >= attempts || !code || !retried.has(code)) throw error;
            logger.debug({ code, attempt }, 'transaction is tried again');
          }
        }
      } finally {
        leave();
      }
    },
    async setReadOnly(on) {
      await gate.set(on);
    },
    async session() {
      const client = new pg.Client(connection);
      client.on('error', (error) => logger.warn({ err: error }, 'a database session was lost'));
      await client.connect();
      return client;
    },
    close: () => pool.end(),
  };
}

const readOnly = (cause?: unknown) =>
  new PortolanError('readOnly', 'The site is in read-only mode', { cause });

/** No connection is free in time, or the server is away, starting, stopping or full. */
function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', '53300', '57P01', '57P02', '57P03'].includes(
      code,
    ) ||
    message.includes('timeout exceeded') ||
    message.includes('Connection terminated')
  );
}

function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('08') || code.startsWith('57P') || ['ECONNRESET', 'EPIPE'].includes(code);
}

/** Counts the transactions under way, so that closing can wait for the last of them. */
class Gate {
  closed = false;
  #inside = 0;
  #waiting: (() => void)[] = [];

  enter(): () => void {
    if (this.closed) throw readOnly();
    this.#inside++;
    return () => {
      this.#inside--;
      if (this.#inside === 0) for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  async set(closed: boolean): Promise<void> {
    this.closed = closed;
    if (closed && this.#inside > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
