import type { Sql } from './connection.ts';

/** A session of the database as operators look at it. */
export interface DatabaseSession {
  pid: number;
  application: string;
  state: string | null;
  /** Seconds that its statement, or its transaction, has been running. */
  seconds: number;
  query: string;
}

/** Sessions of this database; with `longerThan`, only those at work for more seconds than that. */
export const databaseSessions = (sql: Sql, longerThan?: number) =>
  sql.rows<DatabaseSession & object>(
    `SELECT pid, application_name AS application, state, left(query, 200) AS query,
       coalesce(extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start)), 0)::float8 AS seconds
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND ($1::float8 IS NULL OR (state <> 'idle'
         AND extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start)) > $1))
     ORDER BY seconds DESC`,
    [longerThan ?? null],
  );

/** Cancels statements that have been running for more seconds than that. @returns the sessions that were told */
export const cancelStatements = (sql: Sql, longerThan: number) =>
  sql.rows<{ pid: number; query: string }>(
    // Materialised: conditions of one level have no order, and young statements would be cancelled while looked at.
    `WITH old AS MATERIALIZED (
       SELECT pid, left(query, 200) AS query FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
         AND extract(epoch FROM clock_timestamp() - query_start) > $1
     )
     SELECT pid, query FROM old WHERE pg_cancel_backend(pid)`,
    [longerThan],
  );
