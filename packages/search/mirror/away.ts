/** OpenSearch is there and takes nothing now: its disk or its queues are full, a shard is not started. */
export class BusyError extends Error {}

// The client's errors are told by their names, so that its classes need not be loaded where nobody uses it.
const is = (error: unknown, ...names: string[]): error is Error =>
  error instanceof Error && names.includes(error.name);

/** The HTTP status of an answer that the client made an error of. */
const statusOf = (error: unknown): number | undefined =>
  is(error, 'ResponseError') ? ((error as { statusCode?: number }).statusCode ?? 0) : undefined;

/** Whether an error says that OpenSearch cannot be asked, rather than that it was asked something wrong. */
export function isAway(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return status === 403 || status === 429 || status >= 500;
  return (
    error instanceof BusyError || is(error, 'ConnectionError', 'NoLivingConnectionsError') || isSlow(error)
  );
}

/** Whether it did not answer in time. */
export const isSlow = (error: unknown): boolean => is(error, 'TimeoutError', 'RequestAbortedError');

/** Whether OpenSearch refused a request for what it is. */
export const isRefusal = (error: unknown): boolean => statusOf(error) !== undefined;

export const isMissing = (error: unknown): boolean => statusOf(error) === 404;
