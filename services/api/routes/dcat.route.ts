import { asciiJson, dispatch, findAction, type Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { isEnding, mediaTypes } from '@portolan/metadata/endings';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, tokenOf } from '../caller.ts';
import { cacheControl, corsHeaders } from '../response/headers.ts';
import { errorPage, htmlType } from '../response/page.ts';

interface Addressed {
  Params: { id?: string; ending?: string };
  Querystring: Record<string, string>;
}

/** The catalogue and its datasets in DCAT-AP, and as a data.json: what other portals harvest. */
export function dcatRoutes(app: FastifyInstance, site: Site): void {
  for (const [url, action] of [
    ['/dataset/:id.:ending', 'dcat_dataset_show'],
    ['/catalog.:ending', 'dcat_catalog_show'],
    ['/data.json', 'dcat_datasets_list'],
  ] as const)
    app.route<Addressed>({
      method: ['GET', 'HEAD'],
      url,
      config: { access: 'action' },
      async handler(request, reply) {
        corsHeaders(request, reply, site.config);
        try {
          return await answer(site, action, request, reply);
        } catch (error) {
          if (!(error instanceof PortolanError)) throw error;
          return reply.code(error.status).type(htmlType).send(errorPage(error.status, error.detail));
        }
      },
    });
}

async function answer(
  site: Site,
  name: string,
  request: FastifyRequest<Addressed>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id, ending } = request.params;
  if (ending !== undefined && !isEnding(ending)) throw new PortolanError('notFound');
  const action = findAction(name);
  if (!action) throw new Error(`There is no action ${name}`);
  const params = { ...request.query, ...(id === undefined ? {} : { id }), format: ending };
  const caller = { user: await callerOf(request, site), request: request.id };
  const result = await dispatch(site, action, caller, params);
  return reply
    .header('cache-control', cacheControl(site.config, tokenOf(request, site) !== undefined))
    .type(ending === undefined ? 'application/json;charset=utf-8' : mediaTypes[ending])
    .send(typeof result === 'string' ? result : asciiJson(result));
}
