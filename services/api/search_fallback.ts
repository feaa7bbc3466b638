import { fallbackReason, whileAnswering } from '@portolan/search';
import type { FastifyInstance } from 'fastify';

/** An answer that another engine gave than the one that was chosen says so. */
export function tellSearchFallback(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, _reply, done) => whileAnswering(done));
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (fallbackReason()) reply.header('x-portolan-search-engine', 'postgres');
    done(null, payload);
  });
}
