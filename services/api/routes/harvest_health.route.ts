import { dispatch, findAction, type Site } from '@portolan/catalogue';
import type { FeedHealth } from '@portolan/harvest';
import { PortolanError } from '@portolan/kernel';
import type { FastifyInstance } from 'fastify';
import { callerOf } from '../caller.ts';
import { healthPage } from '../response/health_page.ts';
import { errorPage, htmlType } from '../response/page.ts';

/** `/harvest/health/NAME` and `NAME.json`: how a source does, for those who feed it. */
export function harvestHealthRoutes(app: FastifyInstance, site: Site): void {
  app.route<{ Params: { name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/harvest/health/:name',
    config: { access: 'action' },
    async handler(request, reply) {
      const { name } = request.params;
      const asJson = name.endsWith('.json');
      const action = findAction('harvest_source_health');
      if (!action) throw new Error('There is no action harvest_source_health');
      try {
        const caller = { user: await callerOf(request, site), request: request.id };
        const id = asJson ? name.slice(0, -'.json'.length) : name;
        const health = (await dispatch(site, action, caller, { id })) as FeedHealth;
        return asJson
          ? reply.type('application/json; charset=utf-8').send(health)
          : reply.type(htmlType).send(healthPage(health));
      } catch (error) {
        if (!(error instanceof PortolanError)) throw error;
        return reply.code(error.status).type(htmlType).send(errorPage(error.status));
      }
    },
  });
}
