import { errors } from '@opensearch-project/opensearch';

/** OpenSearch is there and takes nothing now: its disk or its queues are full, a shard is not started. */
export class BusyError extends Error {}

/** Whether an error says that OpenSearch cannot be asked, rather than that it was asked something wrong. */
export function isAway(error: unknown): boolean {
  if (error instanceof BusyError) return true;
  if (error instanceof errors.ResponseError) return isBusy(error.statusCode ?? 0);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.NoLivingConnectionsError ||
    isSlow(error)
  );
}

/** Whether it did not answer in time. */
export const isSlow = (error: unknown): boolean =>
  error instanceof errors.TimeoutError || error instanceof errors.RequestAbortedError;

const isBusy = (status: number) => status === 403 || status === 429 || status >= 500;

export const isMissing = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.statusCode === 404;
