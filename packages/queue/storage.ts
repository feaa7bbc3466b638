/** What uses BullMQ's storage. Apart from the rest, so that whoever only asks for jobs does not wait for BullMQ. */
export { migrateQueueBackend } from './backend/migrate.ts';
export { type RelayOptions, startRelay } from './relay.process.ts';
export { startWorker, type WorkerOptions } from './worker.ts';
