import { hostname } from 'node:os';
import type { Db, Sql } from '@portolan/db';
import type { Logger, Runtime } from '@portolan/kernel';
import type { Client } from 'pg';
import { type Control, readControl } from './control.ts';

export interface MembershipOptions {
  db: Db;
  service: string;
  runtime: Runtime;
  logger: Logger;
  /** Brings the process to obey: returns when it does. Called at the start and at every change, one at a time. */
  obey(control: Control): Promise<void>;
}

export interface Membership {
  leave(): Promise<void>;
}

/** Milliseconds between two looks at the control row when no notice comes, or the session was lost. */
const patience = 1000;

/**
 * Makes this process one of those that a switch waits for. The session it holds is its sign of life; when the
 * session is lost the process obeys nobody knows what, so it joins anew and obeys before anything else.
 */
export async function join(options: MembershipOptions): Promise<Membership> {
  const { logger } = options;
  const id = options.runtime.id();
  let client: Client | undefined;
  let obeyed = 0;
  let left = false;
  let work: Promise<void> = Promise.resolve();

  async function enter(): Promise<void> {
    const opened = await options.db.session();
    opened.on('end', () => {
      client = undefined;
    });
    opened.on('notification', () => schedule());
    // The gate closes sessions of the pool; this one stays open to say that they are closed.
    await opened.query('SET default_transaction_read_only = off');
    await opened.query('LISTEN portolan_control');
    await opened.query(
      `INSERT INTO portolan.process (id, service, host, pid, backend, backend_start, epoch)
       SELECT $1, $2, $3, $4, pid, backend_start, 0 FROM pg_stat_activity WHERE pid = pg_backend_pid()
       ON CONFLICT (id) DO UPDATE SET backend = excluded.backend, backend_start = excluded.backend_start, epoch = 0`,
      [id, options.service, hostname(), process.pid],
    );
    await opened.query(
      `DELETE FROM portolan.process p WHERE NOT EXISTS
         (SELECT FROM pg_stat_activity a WHERE a.pid = p.backend AND a.backend_start = p.backend_start)`,
    );
    client = opened;
    obeyed = 0;
  }

  async function follow(): Promise<void> {
    if (left) return;
    if (!client) await enter();
    const session = client;
    if (!session) return;
    const sql: Pick<Sql, 'rows'> = {
      rows: async (text, values) => (await session.query({ text, values })).rows,
    };
    const control = await readControl(sql);
    if (control.epoch === obeyed) return;
    await options.obey(control);
    await session.query('UPDATE portolan.process SET epoch = $2 WHERE id = $1', [id, control.epoch]);
    await session.query(`SELECT pg_notify('portolan_obeyed', '')`);
    obeyed = control.epoch;
  }

  function schedule(): void {
    work = work.then(follow).catch((error) => {
      logger.warn({ err: error }, 'the control row could not be followed, trying again');
    });
  }

  await follow();
  const timer = setInterval(schedule, patience);
  return {
    async leave() {
      clearInterval(timer);
      left = true;
      await work;
      const session = client;
      if (!session) return;
      await session.query('DELETE FROM portolan.process WHERE id = $1', [id]);
      await session.end();
    },
  };
}
