import type { Sql } from '@portolan/db';
import { searchError } from '../../query/search_error.ts';

/** The time that one search has. */
export interface TimeLimit {
  milliseconds: number;
  /** The same, with statements that end with the time; a transaction as it is. */
  bound(sql: Sql): Sql;
  /** Waits for work that goes on where the time is over first. */
  wait<Result>(sql: Sql, work: Promise<Result>): Promise<Result>;
  /** For work of this process. @throws a search error when the time is over */
  check(sql: Sql): void;
}

/**
 * Runs a search that may take so many milliseconds. A timer here costs nothing; PostgreSQL's own would take a
 * statement of every search. Inside a transaction there is no limit.
 * @throws a search error when the time is over
 */
export async function withinTime<Answer>(
  milliseconds: number,
  work: (limit: TimeLimit) => Promise<Answer>,
): Promise<Answer> {
  const over = new AbortController();
  const timer = setTimeout(
    () => over.abort(searchError(`the search took longer than ${milliseconds} ms`)),
    milliseconds,
  );
  const bound = (sql: Sql) => sql.until?.(over.signal) ?? sql;
  const wait: TimeLimit['wait'] = (sql, work) => (sql.until ? orAborted(over.signal, work) : work);
  const check = (sql: Sql) => {
    if (sql.until) over.signal.throwIfAborted();
  };
  try {
    return await work({ milliseconds, bound, wait, check });
  } finally {
    clearTimeout(timer);
  }
}

function orAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
