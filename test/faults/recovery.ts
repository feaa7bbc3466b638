import type pg from 'pg';

/** How long it takes until somebody goes on with what a process that was killed had in its hands. */
export interface Recovery {
  /** Notes what these dead processes were at; whatever still waits for an earlier death, waits from now on. @returns the harvest jobs */
  died(workers: readonly number[], at: number): Promise<string[]>;
  /** Those that died have been replaced. */
  replaced(at: number): void;
  /** Looks who goes on. Several looks a second tell how long it took. */
  look(): Promise<void>;
  /** Of everything that somebody has gone on with, or that needed nobody any more. */
  waits: Wait[];
}

export interface Wait {
  /** Seconds since the last process died. */
  death: number;
  /** Seconds since its replacement worked. */
  replacement: number;
}

export function watchRecovery(database: pg.Client): Recovery {
  const left = new Map<string, { id: string; token: string }>();
  const waits: Wait[] = [];
  let death = 0;
  let replacement = 0;
  return {
    waits,
    async died(workers, at) {
      death = at;
      const { rows } = await database.query<{ id: string; key: string; lease_token: string }>(
        `SELECT id, key, lease_token FROM portolan.job
         WHERE state = 'active' AND worker = ANY ($1) AND name ~ '^harvest[.](gather|import)'`,
        [workers.map(String)],
      );
      for (const { id, lease_token: token } of rows) left.set(token, { id, token });
      return rows.map(({ key }) => key);
    },
    replaced(at) {
      replacement = at;
    },
    async look() {
      if (left.size === 0) return;
      const { rows } = await database.query<{ id: string; state: string; lease_token: string | null }>(
        `SELECT id, state, lease_token FROM portolan.job WHERE id = ANY ($1)`,
        [[...left.values()].map(({ id }) => id)],
      );
      const now = performance.now();
      const states = new Map(rows.map((row) => [row.id, row]));
      for (const { id, token } of left.values()) {
        const row = states.get(id);
        if (row && (row.state === 'waiting' || row.lease_token === token)) continue;
        left.delete(token);
        waits.push({
          death: (now - death) / 1000,
          replacement: replacement < death ? 0 : (now - replacement) / 1000,
        });
      }
    },
  };
}
