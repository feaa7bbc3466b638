import {
  type Action,
  dispatch,
  findAction,
  JsonText,
  type Site,
  Unchanged,
  type Upload,
} from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, tokenOf } from '../caller.ts';
import { localePrefix } from '../locale.ts';
import type { ApiMetrics } from '../metrics.ts';
import { BadRequest, BodyTooLarge, UnsupportedMediaType } from '../request/bad_request.ts';
import { readParameters } from '../request/parameters.ts';
import { checkStorable } from '../request/stored_text.ts';
import { badRequest } from '../response/bad_request.ts';
import { bodyValidator, heldValidators, isHeld } from '../response/conditional.ts';
import { errorBody, successBody } from '../response/envelope.ts';
import { cacheControl, corsHeaders } from '../response/headers.ts';
import { jsonType, sendJson } from '../response/jsonp.ts';
import { errorPage, htmlType } from '../response/page.ts';

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE'];

/**
 * `/api/action/NAME` and `/api/3/action/NAME`: every action of the table, and nothing that is not in it; the change
 * feed also where mirrors look for it.
 */
export function actionRoutes(app: FastifyInstance, site: Site, metrics: ApiMetrics): void {
  for (const url of ['/api/action/:name', '/api/3/action/:name'])
    app.route<{ Params: { name: string } }>({
      method: methods,
      url,
      config: { access: 'action' },
      handler: (request, reply) => answer(request, reply, request.params.name, site, metrics),
    });
  for (const url of ['/api/changes', '/api/3/changes'])
    app.route({
      method: methods,
      url,
      config: { access: 'action' },
      handler: (request, reply) => answer(request, reply, 'changes_list', site, metrics),
    });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  site: Site,
  metrics: ApiMetrics,
): Promise<FastifyReply> {
  corsHeaders(request, reply, site.config);
  if (request.method === 'OPTIONS') return reply.header('allow', 'HEAD, OPTIONS, GET, POST').send();
  if (!['GET', 'HEAD', 'POST'].includes(request.method))
    return reply.code(405).type(htmlType).send(errorPage(405));
  if (name === '') return reply.code(404).type(htmlType).send(errorPage(404));
  const action = findAction(name);
  if (!action) return badRequest(reply, `Bad request - Action name not known: ${name}`);
  const done = metrics.started(action.name);
  try {
    await perform(request, reply, site, action);
  } catch (error) {
    refuse(request, reply, site, action, error);
  } finally {
    done(reply.statusCode);
  }
  return reply;
}

async function perform(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  action: Action,
): Promise<void> {
  if (action.effect === 'write' && request.method !== 'POST')
    throw new BadRequest('JSON Error: Invalid request. Please use POST method for your request');
  const user = await callerOf(request, site);
  const mayUpload = user !== undefined || site.config.anonCreateDataset;
  const { params, uploads } = await readParameters(request.raw, action, site, mayUpload);
  try {
    const callback = params['callback'];
    const fromScript = callback !== undefined;
    delete params['callback'];
    if (action.effect === 'write') checkStorable(params);
    const prefix = localePrefix(request.raw);
    const conditional =
      action.effect === 'read' && action.conditional && !fromScript && request.method !== 'POST';
    const held = heldValidators(request);
    const caller = {
      user: fromScript ? undefined : user,
      localePrefix: prefix,
      request: request.id,
      address: request.ip,
      fromScript,
      held: conditional ? held : [],
    };
    const result = await dispatch(site, action, caller, params);
    const isFleeting = action.effect === 'read' && action.fleeting;
    const kept = cacheControl(site.config, tokenOf(request, site) !== undefined);
    reply.header('cache-control', isFleeting ? 'no-store' : kept);
    reply.header('vary', reply.getHeader('vary') ?? 'Cookie');
    if (result instanceof Unchanged) {
      isHeld(reply, result.etag, held);
      reply.code(304).send();
      return;
    }
    const body = successBody(site.config.siteUrl + prefix, action.name, result);
    const etag = conditional && ((result instanceof JsonText && result.etag) || bodyValidator(body));
    if (etag && isHeld(reply, etag, held)) reply.code(304).send();
    else sendJson(request, reply, body);
  } finally {
    await discard(uploads);
  }
}

/** What the action did not keep; a kept one is left alone. */
async function discard(uploads: Upload[]): Promise<void> {
  for (const upload of uploads) await upload.staged.discard();
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  action: Action,
  error: unknown,
): void {
  if (error instanceof BadRequest) {
    badRequest(reply, error.message);
    return;
  }
  if (error instanceof UnsupportedMediaType) {
    reply.code(415).type(htmlType).send(errorPage(415));
    return;
  }
  if (error instanceof BodyTooLarge) {
    // The rest of the body is not read, so the connection cannot be used again.
    reply.code(413).header('connection', 'close').type(htmlType).send(errorPage(413));
    return;
  }
  const known =
    error instanceof PortolanError
      ? error
      : new PortolanError('internal', 'Internal Server Error', { cause: error });
  if (known.status >= 500)
    site.logger.error({ err: error, request: request.id, action: action.name }, 'an action failed');
  if (known.status === 503) reply.header('retry-after', '5');
  reply
    .code(known.status)
    .header('cache-control', cacheControl(site.config, tokenOf(request, site) !== undefined));
  reply.type(jsonType).send(errorBody(site.config.siteUrl + localePrefix(request.raw), action.name, known));
}
