import type { Logger } from '@portolan/kernel';
import {
  type BackendFactory,
  PostgresConnection,
  type PostgresConnectionOptions,
  PostgresQueueBackend,
} from 'bullmq';
import pg from 'pg';
import type { Factory, Storage } from './bullmq.ts';
import { queueSchema } from './names.ts';

/** Connections for statements, beside one for each worker that listens. */
const statements = 10;

/**
 * BullMQ's storage in PostgreSQL, on one pool for all queues and workers of the process. BullMQ would make a
 * pool for each; given one it takes it, but then assumes its default schema, which is why the connection is
 * told ours.
 */
export function postgresStorage(url: string, listeners: number, logger: Logger): Storage {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'ckan-queue',
    max: statements + listeners,
    // Without it BullMQ does not trust its LISTEN connection to be alive.
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    options: `-c search_path=${queueSchema}`,
  });
  pool.setMaxListeners(0);
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle connection of the queue was lost'));
  // The pool does not listen while a connection is in use; one lost between two statements would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => logger.debug({ err: error }, 'a connection of the queue was lost'));
  });

  const factory: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, opts, extra) => {
    const connection = Object.assign(new PostgresConnection(pool), { schema: queueSchema });
    return new PostgresQueueBackend(
      connection,
      name,
      opts,
      true,
      extra?.withBlockingConnection ? name : undefined,
    );
  };
  // Ending the pool waits for the statements under way, also those that BullMQ no longer waits for itself.
  return {
    producers: pool,
    consumers: () => pool,
    factory: factory as unknown as Factory,
    close: () => pool.end(),
  };
}
