import type { Db } from '@portolan/db';
import { JobAborted, LeaseLost } from './errors.ts';
import type { Claim } from './ledger.ts';

interface Held {
  claim: Claim;
  lease: number;
  controller: AbortController;
}

interface Row {
  token: string;
  abort_requested: boolean;
}

/**
 * Renews, and tells which leases are still ours. A row that is locked is passed over: either our own handler
 * holds it in a transaction, and then nobody can take it over meanwhile, or the next round renews it.
 */
const renew = `
  WITH held AS MATERIALIZED (
    SELECT j.id, l.token, l.lease, j.abort_requested
    FROM unnest($1::bigint[], $2::uuid[], $3::float8[]) AS l (id, token, lease)
    JOIN portolan.job j ON j.id = l.id AND j.lease_token = l.token
  ), free AS MATERIALIZED (
    SELECT j.id, h.lease FROM held h JOIN portolan.job j ON j.id = h.id AND j.lease_token = h.token
    FOR UPDATE OF j SKIP LOCKED
  ), renewed AS (
    UPDATE portolan.job j SET lease_until = clock_timestamp() + f.lease * interval '1 millisecond'
    FROM free f WHERE j.id = f.id
  )
  SELECT token, abort_requested FROM held`;

export interface Leases {
  hold(claim: Claim, lease: number, controller: AbortController): void;
  release(claim: Claim): void;
  /** One round: renews everything held, aborts what is lost or asked to stop. */
  renew(): Promise<void>;
  /** Aborts everything that runs. */
  interrupt(reason: Error): void;
  /** Every run that ended no more is renewed; when there is none left the map is empty. */
  readonly size: number;
}

/** The leases of one worker. */
export function createLeases(db: Db): Leases {
  const held = new Map<string, Held>();
  return {
    hold: (claim, lease, controller) => void held.set(claim.token, { claim, lease, controller }),
    release: (claim) => void held.delete(claim.token),
    async renew() {
      if (held.size === 0) return;
      const all = [...held.values()];
      const rows = await db.prepared<Row>('queue_renew', renew, [
        all.map(({ claim }) => claim.id),
        all.map(({ claim }) => claim.token),
        all.map(({ lease }) => lease),
      ]);
      const ours = new Map(rows.map((row) => [row.token, row]));
      for (const { claim, controller } of all) {
        // It may have ended while the statement ran; then it is not lost but done.
        if (!held.has(claim.token)) continue;
        const row = ours.get(claim.token);
        if (!row) controller.abort(new LeaseLost(claim.id));
        else if (row.abort_requested) controller.abort(new JobAborted());
      }
    },
    interrupt(reason) {
      for (const { controller } of held.values()) controller.abort(reason);
    },
    get size() {
      return held.size;
    },
  };
}
