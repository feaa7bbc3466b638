import { warmSearch } from '@portolan/catalogue';
import { queueDepth } from '@portolan/queue';
import type { OpenSite } from '@portolan/site';
import type { FastifyInstance } from 'fastify';
import { buildApi } from './app.ts';

/** Serves the API on the configured address; the caller closes it. */
export async function serveApi({ site }: OpenSite): Promise<FastifyInstance> {
  const app = buildApi({ site, queues: () => queueDepth(site.db) });
  const ending = new AbortController();
  app.addHook('preClose', (done) => {
    ending.abort();
    done();
  });
  await app.listen({ host: site.config.host, port: site.config.port });
  void warmSearch(site, ending.signal);
  return app;
}
