import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Sql } from '@portolan/db';
import { PortolanError } from '@portolan/kernel';
import { type ControlChange, changeControl } from './control.ts';

interface Straggler {
  service: string;
  host: string;
  pid: number;
}

/**
 * Makes a change and returns once every living process obeys it: after switching read-only on, nothing changes
 * from that moment. Processes that start later read the control row before they do anything.
 * @throws PortolanError `busy` that names who has not obeyed within `deadline` milliseconds.
 */
export async function changeEverywhere(db: Db, change: ControlChange, deadline: number): Promise<void> {
  const session = await db.session();
  try {
    await session.query('SET default_transaction_read_only = off');
    const sql: Pick<Sql, 'rows'> = {
      rows: async (text, values) => (await session.query({ text, values })).rows,
    };
    let woken: () => void = () => {};
    session.on('notification', () => woken());
    await session.query('LISTEN portolan_obeyed');
    const epoch = await changeControl(sql, change);
    const late = AbortSignal.timeout(deadline);
    for (;;) {
      const notified = new Promise<void>((resolve) => {
        woken = resolve;
      });
      const waitedFor = await stragglers(sql, epoch);
      if (waitedFor.length === 0) return;
      if (late.aborted) throw tooLate(waitedFor);
      await Promise.race([notified, sleep(250)]);
    }
  } finally {
    await session.end();
  }
}

const stragglers = (sql: Pick<Sql, 'rows'>, epoch: number): Promise<Straggler[]> =>
  sql.rows<Straggler>(
    `SELECT p.service, p.host, p.pid FROM portolan.process p
     JOIN pg_stat_activity a ON a.pid = p.backend AND a.backend_start = p.backend_start
     WHERE p.epoch < $1`,
    [epoch],
  );

function tooLate(waitedFor: Straggler[]): PortolanError {
  const names = waitedFor
    .map(({ service, host, pid }) => `${service} (process ${pid} on ${host})`)
    .join(', ');
  return new PortolanError('busy', `These processes have not answered: ${names}`);
}
