import { dispatch, findAction, JsonText, type Site } from '@portolan/catalogue';
import { invalid, PortolanError } from '@portolan/kernel';
import {
  type CkanDataset,
  dataJsonOf,
  isEnding,
  mediaTypes,
  Statements,
  serialise,
  writeCatalogue,
  writeDataset,
} from '@portolan/metadata';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, tokenOf } from '../caller.ts';
import { cacheControl, corsHeaders } from '../response/headers.ts';
import { errorPage, htmlType } from '../response/page.ts';

/** Datasets on a page of the catalogue, as other portals' harvesters expect. */
const pageSize = 100;

interface Query {
  q?: string;
  fq?: string;
  page?: string;
  modified_since?: string;
}

type Request = FastifyRequest<{ Params: { id: string; ending: string }; Querystring: Query }>;

/** The catalogue and its datasets in DCAT-AP, and as a data.json: what other portals harvest. */
export function dcatRoutes(app: FastifyInstance, site: Site): void {
  const route = (url: string, handler: (request: Request, reply: FastifyReply) => Promise<FastifyReply>) =>
    app.route<{ Params: Request['params']; Querystring: Query }>({
      method: ['GET', 'HEAD'],
      url,
      config: { access: 'action' },
      async handler(request, reply) {
        corsHeaders(request, reply, site.config);
        try {
          return await handler(request, reply);
        } catch (error) {
          if (!(error instanceof PortolanError)) throw error;
          return reply.code(error.status).type(htmlType).send(errorPage(error.status));
        }
      },
    });
  route('/dataset/:id.:ending', (request, reply) => dataset(site, request, reply));
  route('/catalog.:ending', (request, reply) => catalogue(site, request, reply));
  route('/data.json', (request, reply) => dataJson(site, request, reply));
}

async function dataset(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const { id, ending } = request.params;
  if (!isEnding(ending)) throw new PortolanError('notFound');
  const found = (await call(site, request, 'package_show', { id })) as CkanDataset;
  const statements = new Statements();
  writeDataset(statements, found, site.config.siteUrl);
  return send(site, request, reply, mediaTypes[ending], await serialise(statements.quads, ending));
}

async function catalogue(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const { ending } = request.params;
  if (!isEnding(ending)) throw new PortolanError('notFound');
  const { siteUrl, siteTitle, siteDescription, localeDefault } = site.config;
  const page = pageNumber(request.query.page);
  const { count, results } = await search(site, request, page);
  const statements = new Statements();
  const portal = { url: siteUrl, title: siteTitle, description: siteDescription, language: localeDefault };
  writeCatalogue(statements, portal, results, {
    page,
    size: pageSize,
    total: count,
    address(number) {
      const query = new URLSearchParams({ ...request.query, page: String(number) });
      return `${siteUrl}/catalog.${ending}?${query}`;
    },
  });
  return send(site, request, reply, mediaTypes[ending], await serialise(statements.quads, ending));
}

async function dataJson(site: Site, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const { results } = await search(site, request, pageNumber(request.query.page));
  const text = JSON.stringify(results.map(dataJsonOf));
  return send(site, request, reply, 'application/json;charset=utf-8', text);
}

function pageNumber(text: string | undefined): number {
  const page = text === undefined ? 1 : Number(text);
  if (!Number.isSafeInteger(page) || page < 1)
    throw invalid({ page: ['Page param must be a positive integer starting in 1'] });
  return page;
}

async function search(
  site: Site,
  request: Request,
  page: number,
): Promise<{ count: number; results: CkanDataset[] }> {
  const { q, fq, modified_since: since } = request.query;
  const filters = [
    '+dataset_type:dataset',
    ...(fq ? [fq] : []),
    ...(since === undefined ? [] : [`metadata_modified:[${moment(since)} TO NOW]`]),
  ];
  const params = {
    ...(q ? { q } : {}),
    fq_list: filters,
    rows: pageSize,
    start: (page - 1) * pageSize,
    sort: 'metadata_modified desc, id asc',
  };
  return (await call(site, request, 'package_search', params)) as { count: number; results: CkanDataset[] };
}

function moment(text: string): string {
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(time)) throw invalid({ modified_since: ['The parameter modified_since must be a date'] });
  return new Date(time).toISOString();
}

async function call(site: Site, request: Request, name: string, params: object): Promise<unknown> {
  const action = findAction(name);
  if (!action) throw new Error(`There is no action ${name}`);
  const caller = { user: await callerOf(request, site), request: request.id };
  const result = await dispatch(site, action, caller, { ...params });
  return result instanceof JsonText ? JSON.parse(result.text) : result;
}

function send(site: Site, request: Request, reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply
    .header('cache-control', cacheControl(site.config, tokenOf(request, site) !== undefined))
    .type(type)
    .send(text);
}
