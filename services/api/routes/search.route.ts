import {
  type Action,
  asciiJson,
  dispatch,
  findAction,
  type JsonText,
  type Params,
  type Site,
} from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { type FieldList, parseFieldList, strippedExtras } from '@portolan/search';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BadSearchOption } from '../request/bad_request.ts';
import { legacyParams } from '../request/legacy_form.ts';
import {
  convertLegacyParameters,
  convertResourceParameters,
  renamePaging,
} from '../request/legacy_search.rules.ts';
import { errorBody, successBody } from '../response/envelope.ts';
import { corsHeaders } from '../response/headers.ts';
import { jsonType, sendJson } from '../response/jsonp.ts';
import { errorPage, htmlType } from '../response/page.ts';

type Generation = 'legacy' | 'version2' | 'envelope';
type Work = (request: FastifyRequest, site: Site, given: Params, generation: Generation) => Promise<string>;

const registers: Record<string, Work> = { dataset: datasets, package: datasets, resource: resources };

/**
 * The search API from before the actions, kept by data.gov.uk: in versions 1, 2 and without one it takes the old
 * parameters and answers with the bare result, in version 3 it is `package_search` under another address. Always
 * anonymous: it never showed more than what is public. Source: spec/search 6.
 */
export function searchRoutes(app: FastifyInstance, site: Site): void {
  for (const [prefix, generation] of [
    ['/api', 'legacy'],
    ['/api/1', 'legacy'],
    ['/api/2', 'version2'],
    ['/api/3', 'envelope'],
  ] as const)
    for (const [register, work] of Object.entries(registers))
      app.route({
        method: ['GET', 'HEAD', 'OPTIONS', 'POST'],
        url: `${prefix}/search/${register}`,
        config: { access: 'public' },
        handler: (request, reply) => answer(request, reply, site, work, generation),
      });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  work: Work,
  generation: Generation,
): Promise<FastifyReply> {
  corsHeaders(request, reply, site.config);
  if (request.method === 'OPTIONS') return reply.header('allow', 'HEAD, OPTIONS, GET, POST').send();
  try {
    const given = await legacyParams(request, site.config);
    return sendJson(request, reply, await work(request, site, given, generation));
  } catch (error) {
    return refuse(request, reply, site, error, generation);
  }
}

async function datasets(
  _request: FastifyRequest,
  site: Site,
  given: Params,
  generation: Generation,
): Promise<string> {
  const { callback: _, ...params } =
    generation === 'envelope' ? renamePaging(given) : convertLegacyParameters(given);
  const standard = site.config.searchLegacyDefaultFields;
  if (generation !== 'envelope' && params['fl'] === undefined && standard)
    params['fl'] = generation === 'version2' ? 'id' : 'name';
  const result = (await act(site, 'package_search', params)) as JsonText;
  if (generation === 'envelope') return successBody(site.config.siteUrl, 'package_search', result);
  const { text } = result;
  return params['fl'] === undefined ? text : asciiJson(inOldShape(JSON.parse(text), fieldText(params['fl'])));
}

async function resources(
  _request: FastifyRequest,
  site: Site,
  given: Params,
  generation: Generation,
): Promise<string> {
  const { params, allFields } = convertResourceParameters(given);
  const { count, results } = (await act(site, 'resource_search', params)) as {
    count: number;
    results: { id: string }[];
  };
  const result = { count, results: allFields ? results : results.map(({ id }) => id) };
  return generation === 'envelope'
    ? successBody(site.config.siteUrl, 'resource_search', result)
    : asciiJson(result);
}

const act = (site: Site, name: string, params: Params) =>
  dispatch(site, findAction(name) as Action, { user: undefined }, params);

const fieldText = (fl: unknown): string => (Array.isArray(fl) ? fl.join(' ') : String(fl));

// Names and ids alone are a list of texts; the CSW loader reads the stripped extras from an object of their own.
function inOldShape(found: { results: Record<string, unknown>[] }, fl: string) {
  const list: FieldList = parseFieldList(fl);
  const [only] = list.names.size === 1 ? list.names : [];
  if (only === 'id' || only === 'name') return { ...found, results: found.results.map((item) => item[only]) };
  return {
    ...found,
    results: found.results.map((item) => ({ ...item, extras: strippedExtras(item, list) })),
  };
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  error: unknown,
  generation: Generation,
): FastifyReply {
  if (error instanceof BadSearchOption) return reply.code(400).type(jsonType).send(asciiJson(error.message));
  const known =
    error instanceof PortolanError
      ? error
      : new PortolanError('internal', 'Internal Server Error', { cause: error });
  if (known.status >= 500) {
    site.logger.error({ err: error, request: request.id }, 'a search failed');
    if (generation !== 'envelope')
      return reply.code(known.status).type(htmlType).send(errorPage(known.status));
  }
  if (generation === 'envelope')
    return reply
      .code(known.status)
      .type(jsonType)
      .send(errorBody(site.config.siteUrl, 'package_search', known));
  return reply
    .code(400)
    .type(jsonType)
    .send(asciiJson(`Bad search option: ${reasonOf(known)}`));
}

const reasonOf = ({ publicMessage, fields }: PortolanError): string => {
  const told = publicMessage ?? Object.values(fields).flat().map(String).join(' ');
  return told === '' ? 'the search cannot be read' : told;
};
