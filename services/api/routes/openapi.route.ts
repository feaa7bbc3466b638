import { allActions, helpText, type Parameter, type Site } from '@portolan/catalogue';
import type { FastifyInstance } from 'fastify';
import { escapeHtml, htmlType } from '../response/page.ts';

const schemaOf: Record<Parameter['type'], Record<string, unknown>> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  list: { type: 'array', items: {} },
  object: { type: 'object' },
  file: { type: 'string', format: 'binary' },
  any: {},
};

/** The description of the API that is made from the actions' declarations: for machines, and as a page. */
export function openapiRoutes(app: FastifyInstance, site: Site): void {
  const config = { access: 'public' as const };
  app.get('/openapi.json', { config }, (_request, reply) => reply.send(openapi(site)));
  app.get('/docs', { config }, (_request, reply) => reply.type(htmlType).send(page(site)));
  app.get('/', { config }, (_request, reply) => reply.type(htmlType).send(home(site)));
}

function openapi(site: Site): Record<string, unknown> {
  const paths: Record<string, unknown> = {};
  for (const action of allActions()) {
    const entries = Object.entries(action.parameters);
    const properties = Object.fromEntries(
      entries.map(([name, { type, meaning }]) => [name, { ...schemaOf[type], description: meaning }]),
    );
    const required = entries.filter(([, parameter]) => parameter.required).map(([name]) => name);
    const schema = { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
    const common = {
      summary: action.summary,
      tags: [action.name.split('_')[0]],
      responses: {
        200: { description: 'The envelope with `result`.' },
        default: { description: 'The envelope with `error`.' },
      },
    };
    const post = {
      ...common,
      operationId: action.name,
      requestBody: { content: { 'application/json': { schema } } },
    };
    const parameters = entries.map(([name, { type, required: needed, meaning }]) => ({
      name,
      in: 'query',
      required: needed ?? false,
      description: meaning,
      schema: schemaOf[type],
    }));
    const get = { ...common, operationId: `${action.name}_get`, parameters };
    paths[`/api/3/action/${action.name}`] = action.effect === 'read' ? { get, post } : { post };
  }
  return {
    openapi: '3.1.0',
    info: { title: site.config.siteTitle, version: site.version, description: site.config.siteDescription },
    servers: [{ url: site.config.siteUrl }],
    components: {
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: site.config.tokenHeader } },
    },
    security: [{}, { token: [] }],
    paths,
  };
}

function page(site: Site): string {
  const entries = allActions().map(
    (action) =>
      `<section id="${action.name}"><h2>${action.effect === 'read' ? 'GET, POST' : 'POST'} /api/3/action/${action.name}</h2><pre>${escapeHtml(helpText(action))}</pre></section>`,
  );
  return document(`${site.config.siteTitle}: actions`, entries.join('\n'));
}

function home(site: Site): string {
  const links = [
    ['/docs', 'The actions'],
    ['/openapi.json', 'OpenAPI description'],
    ['/api/3/action/package_search', 'Datasets'],
    ['/api/3/action/status_show', 'Status'],
  ];
  return document(
    site.config.siteTitle,
    `<ul>${links.map(([href, text]) => `<li><a href="${href}">${text}</a></li>`).join('')}</ul>`,
  );
}

const document = (title: string, body: string) =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>\n`;
