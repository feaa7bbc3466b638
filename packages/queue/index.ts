export { requestAbort } from './abort.ts';
export type { QueueConfig } from './backend/open.ts';
export { type QueueDepth, queueDepth } from './depth.ts';
export { enqueue, enqueueAll, type Request } from './enqueue.ts';
export { DeadlineExceeded, Interrupted, JobAborted, LeaseLost, PermanentFailure } from './errors.ts';
export {
  type BoundHandler,
  defineJob,
  type Handler,
  handle,
  type Job,
  type JobContext,
  type JobSpec,
  type LogLevel,
} from './job.ts';
export { type Listener, listen } from './listen.ts';
export { type Loop, startLoop } from './loop.ts';
export type { Pausable } from './pausable.ts';
export { emptyQueues } from './reset.ts';
