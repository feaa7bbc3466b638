import type { Sql } from '@portolan/db';
import { PortolanError } from '@portolan/kernel';
import type { Place } from './cursor.rules.ts';

/** Where the feed is now: after everything that has a position. */
export async function presentPlace(sql: Sql): Promise<Place> {
  const rows = await sql.prepared<Place>(
    'feed_present',
    'SELECT position, sequenced::text AS stamp FROM portolan.change ORDER BY position DESC LIMIT 1',
  );
  if (!rows[0]) throw new PortolanError('internal', 'The change feed has no beginning');
  return rows[0];
}

/**
 * Refuses a place that the feed does not know: it was forgotten, or belongs to a state of the database before a
 * backup was restored. What has changed since cannot be told.
 * @throws PortolanError `expired`
 */
export async function assertKnown(sql: Sql, { position, stamp }: Place): Promise<void> {
  const rows = await sql.prepared(
    'feed_knows',
    'SELECT FROM portolan.change WHERE position = $1 AND sequenced = $2::timestamp',
    [position, stamp],
  );
  if (rows.length === 0)
    throw new PortolanError(
      'expired',
      'This cursor is no longer valid: start anew without `since` and take the whole catalogue again',
    );
}
