import { endWaits, type Site } from '@portolan/catalogue';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { stripLocale } from './locale.ts';
import { createMetrics, type QueueNumbers } from './metrics.ts';
import { secureHeaders } from './response/headers.ts';
import { errorPage, htmlType } from './response/page.ts';
import { requireAccess } from './routes/access.ts';
import { actionRoutes } from './routes/action.route.ts';
import { dcatRoutes } from './routes/dcat.route.ts';
import { downloadRoutes } from './routes/download.route.ts';
import { harvestHealthRoutes } from './routes/harvest_health.route.ts';
import { harvestObjectRoutes } from './routes/harvest_object.route.ts';
import { harvestPagesRoutes } from './routes/harvest_pages.route.ts';
import { healthRoutes } from './routes/health.route.ts';
import { i18nRoutes } from './routes/i18n.route.ts';
import { openapiRoutes } from './routes/openapi.route.ts';
import { passwordResetRoutes } from './routes/password_reset.route.ts';
import { searchRoutes } from './routes/search.route.ts';
import { solrRoutes } from './routes/solr.route.ts';
import { utilRoutes } from './routes/util.route.ts';
import { versionRoutes } from './routes/version.route.ts';
import { tellSearchFallback } from './search_fallback.ts';

export interface ApiParts {
  site: Site;
  queues: QueueNumbers;
}

/** The API over a site. Listens nowhere by itself. */
export function buildApi({ site, queues }: ApiParts): FastifyInstance {
  const app = Fastify({
    rewriteUrl: (request) => stripLocale(request, site.config),
    genReqId: () => site.runtime.id(),
    routerOptions: { maxParamLength: 1000 },
    // Slow senders and idle connections hold no socket for ever; uploads may take their time.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      reply.code(404).type(htmlType).send(errorPage(404));
    },
  });
  app.addHttpMethod('TRACE', { overrideExisting: true });
  // Bodies are read by the route, which alone knows what CKAN would make of them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  requireAccess(app);
  if (site.search.mirror) tellSearchFallback(app);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(secureHeaders);
    done();
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).type(htmlType).send(errorPage(404)));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    // What Fastify itself refuses (a Content-Type that is none) is the client's error.
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500) site.logger.error({ err: error, request: request.id }, 'a request failed');
    return reply.code(status).type(htmlType).send(errorPage(status));
  });
  app.addHook('preClose', (done) => {
    endWaits(site);
    done();
  });
  const metrics = createMetrics(site, queues);
  actionRoutes(app, site, metrics);
  versionRoutes(app, site);
  utilRoutes(app, site);
  i18nRoutes(app, site);
  searchRoutes(app, site);
  solrRoutes(app, site);
  dcatRoutes(app, site);
  harvestObjectRoutes(app, site);
  harvestHealthRoutes(app, site);
  harvestPagesRoutes(app, site);
  downloadRoutes(app, site);
  healthRoutes(app, site, metrics);
  openapiRoutes(app, site);
  passwordResetRoutes(app, site);
  return app;
}
