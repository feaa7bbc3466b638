import type { Site } from '@portolan/catalogue';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { corsHeaders } from '../response/headers.ts';
import { sendJson } from '../response/jsonp.ts';
import { errorPage, htmlType } from '../response/page.ts';

/** `/api` is version 1, `/api/1` to `/api/3` (and `/api/03`) themselves; no other number exists. */
export function versionRoutes(app: FastifyInstance, site: Site): void {
  for (const url of ['/api', '/api/', '/api/:version', '/api/:version/'])
    app.route<{ Params: { version?: string } }>({
      method: ['GET', 'HEAD', 'OPTIONS', 'POST'],
      url,
      config: { access: 'public' },
      handler: (request, reply) => version(request, reply, site),
    });
}

function version(
  request: FastifyRequest<{ Params: { version?: string } }>,
  reply: FastifyReply,
  site: Site,
): FastifyReply {
  corsHeaders(request, reply, site.config);
  const asked = request.params.version ?? '1';
  if (!/^\d+$/.test(asked)) return reply.code(404).type(htmlType).send(errorPage(404));
  if (request.method === 'POST') return reply.code(405).type(htmlType).send(errorPage(405));
  const number = Number(asked);
  if (number < 1 || number > 3) return reply.code(404).type(htmlType).send(errorPage(404));
  if (request.method === 'OPTIONS') return reply.header('allow', 'HEAD, OPTIONS, GET').send();
  return sendJson(request, reply, `{"version": ${number}}`);
}
