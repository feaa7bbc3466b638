import { queueDepth } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';
import type { FastifyInstance } from 'fastify';
import { buildApi } from './app.ts';

/** Serves the API on the configured address; the caller closes it. */
export async function serveApi({ site }: OpenSite): Promise<FastifyInstance> {
  const app = buildApi({ site, queues: () => queueDepth(site.db) });
  await app.listen({ host: site.config.host, port: site.config.port });
  return app;
}
