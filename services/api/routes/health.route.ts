import type { Site } from '@portolan/catalogue';
import type { MirrorStatus } from '@portolan/search';
import type { FastifyInstance } from 'fastify';
import type { ApiMetrics } from '../metrics.ts';

/** Signs of life: `/healthz` of this process alone, `/readyz` of what it needs; and the numbers. */
export function healthRoutes(app: FastifyInstance, site: Site, metrics: ApiMetrics): void {
  const config = { access: 'public' as const };
  app.get('/healthz', { config }, (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', { config }, async (_request, reply) => {
    try {
      await site.db.rows('SELECT 1');
      const search = site.search.mirror && searchOf(await site.search.mirror.status());
      return reply.send({ ready: true, database: 'ok', read_only: site.gate.closed, ...search });
    } catch (error) {
      site.logger.warn({ err: error }, 'not ready');
      return reply.code(503).send({ ready: false, database: 'away' });
    }
  });
  app.get('/metrics', { config }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

/** Without OpenSearch the portal is ready all the same: PostgreSQL answers, or the error that is configured. */
const searchOf = ({ unready, waiting, lag }: MirrorStatus) => ({
  search: { opensearch: unready ?? 'ok', waiting, lag },
});
