import { asciiJson, type Site, solrSelect } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import { QuerySyntaxError } from '@portolan/search';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readBody } from '../request/body.ts';
import { parseFields } from '../request/fields.ts';
import { jsonType } from '../response/jsonp.ts';
import { errorPage, htmlType } from '../response/page.ts';

/**
 * `/solr/CORE/select`, the only part of Solr that data.gov.uk's Find talks to: reads, JSON, public data. Off unless
 * the setting or the profile switches it on. Source: spec/search 10.2.
 */
export function solrRoutes(app: FastifyInstance, site: Site): void {
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/solr/:core/select',
    config: { access: 'public' },
    handler: (request, reply) => select(request, reply, site),
  });
}

const isOn = ({ config }: Site) =>
  config.solrEndpoint === 'on' || (config.solrEndpoint === 'profile' && config.profile === 'datagovuk');

async function select(request: FastifyRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  if (!isOn(site)) return reply.code(404).type(htmlType).send(errorPage(404));
  const began = site.runtime.now();
  const fields = parseFields(request.url.split('?').slice(1).join('?'));
  if (request.method === 'POST')
    fields.push(
      ...parseFields((await readBody(request.raw, site.config.bodyLimit * 2 ** 20)).toString('utf8')),
    );
  const parameters = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const before = parameters.get(name);
    if (before) before.push(value);
    else parameters.set(name, [value]);
  }
  const header = (status: number) => ({
    status,
    QTime: Math.round(site.runtime.now() - began),
    params: Object.fromEntries([...parameters].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
  });
  try {
    const answer = await solrSelect(site, parameters);
    return reply.type(jsonType).send(asciiJson({ responseHeader: header(0), ...answer }));
  } catch (error) {
    const { code, msg } = problemOf(error);
    if (code >= 500) site.logger.error({ err: error, request: request.id }, 'a search through /solr failed');
    const metadata = ['error-class', 'org.apache.solr.common.SolrException'];
    return reply
      .code(code)
      .type(jsonType)
      .send(asciiJson({ responseHeader: header(code), error: { metadata, msg, code } }));
  }
}

// Find shows no results for any 4xx and an error page for any 5xx.
function problemOf(error: unknown): { code: number; msg: string } {
  if (error instanceof QuerySyntaxError)
    return { code: 400, msg: `org.apache.solr.search.SyntaxError: ${error.message}` };
  if (error instanceof PortolanError && error.status < 500)
    return { code: 400, msg: error.publicMessage ?? 'the search cannot be read' };
  const code = error instanceof PortolanError ? error.status : 500;
  return { code, msg: 'the search failed' };
}
