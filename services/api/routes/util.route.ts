import { asciiJson, dispatch, findAction, type Params, type Site } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../caller.ts';
import { fieldParams, parseFields } from '../request/fields.ts';
import { corsHeaders } from '../response/headers.ts';
import { sendJson } from '../response/jsonp.ts';
import { errorPage, htmlType } from '../response/page.ts';

interface Util {
  action: string;
  /** Parameter that holds what was typed so far. */
  typed: 'incomplete' | 'q';
  limit: number;
  also?: string[];
  present(result: unknown[]): unknown;
}

const resultSet = (result: unknown[]) => ({ ResultSet: { Result: result } });
const asTheyAre = (result: unknown[]) => result;

/** What forms complete while somebody types; an older form of the autocomplete actions, without an envelope. */
const utils: Record<string, Util> = {
  'dataset/autocomplete': {
    action: 'package_autocomplete',
    typed: 'incomplete',
    limit: 10,
    present: resultSet,
  },
  'tag/autocomplete': {
    action: 'tag_autocomplete',
    typed: 'incomplete',
    limit: 10,
    also: ['vocabulary_id'],
    present: (result) => resultSet(result.map((Name) => ({ Name }))),
  },
  'resource/format_autocomplete': {
    action: 'format_autocomplete',
    typed: 'incomplete',
    limit: 5,
    present: (result) => resultSet(result.map((Format) => ({ Format }))),
  },
  'user/autocomplete': {
    action: 'user_autocomplete',
    typed: 'q',
    limit: 20,
    also: ['ignore_self'],
    present: asTheyAre,
  },
  'group/autocomplete': { action: 'group_autocomplete', typed: 'q', limit: 20, present: asTheyAre },
  'organization/autocomplete': {
    action: 'organization_autocomplete',
    typed: 'q',
    limit: 20,
    present: asTheyAre,
  },
};

export function utilRoutes(app: FastifyInstance, site: Site): void {
  for (const prefix of ['/api', '/api/1', '/api/2'])
    for (const [path, util] of Object.entries(utils))
      app.route({
        method: ['GET', 'HEAD', 'OPTIONS', 'POST'],
        url: `${prefix}/util/${path}`,
        config: { access: 'action' },
        handler: (request, reply) => complete(request, reply, site, util),
      });
}

async function complete(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  util: Util,
): Promise<FastifyReply> {
  corsHeaders(request, reply, site.config);
  if (request.method === 'OPTIONS') return reply.header('allow', 'HEAD, OPTIONS, GET').send();
  if (request.method === 'POST') return reply.code(405).type(htmlType).send(errorPage(405));
  const given = fieldParams(parseFields(request.url.split('?').slice(1).join('?')));
  const text = first(given[util.typed]);
  try {
    const result = text ? await ask(request, site, util, text, given) : [];
    return sendJson(request, reply, asciiJson(util.present(result)));
  } catch (error) {
    const known =
      error instanceof PortolanError ? error : new PortolanError('internal', undefined, { cause: error });
    if (known.status >= 500) site.logger.error({ err: error, request: request.id }, 'an autocomplete failed');
    return reply.code(known.status).type(htmlType).send(errorPage(known.status));
  }
}

async function ask(
  request: FastifyRequest,
  site: Site,
  util: Util,
  text: string,
  given: Params,
): Promise<unknown[]> {
  const action = findAction(util.action);
  if (!action) throw new PortolanError('notFound');
  const params: Params = { q: text, limit: first(given['limit']) ?? util.limit };
  for (const name of util.also ?? []) if (given[name] !== undefined) params[name] = first(given[name]);
  const fromScript = given['callback'] !== undefined;
  const user = fromScript ? undefined : await callerOf(request, site);
  return (await dispatch(site, action, { user, fromScript }, params)) as unknown[];
}

const first = (value: unknown): string | undefined =>
  Array.isArray(value) ? (value[0] as string) : (value as string | undefined);
