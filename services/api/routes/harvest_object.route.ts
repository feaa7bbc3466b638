import type { Site } from '@portolan/catalogue';
import {
  datasetRecordDocument,
  originalDocument,
  type RecordDocument,
  recordDocument,
  recordPage,
} from '@portolan/harvest';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorPage, htmlType } from '../response/page.ts';

type Addressed = { Params: { id: string; form?: string } };

/** The records that datasets were harvested from: as they came, and as a page. Find and GIS users follow these links. */
export function harvestObjectRoutes(app: FastifyInstance, site: Site): void {
  const route = (
    url: string,
    answer: (id: string) => Promise<RecordDocument | undefined>,
    offered: () => boolean = () => true,
  ) =>
    app.route<Addressed>({
      method: ['GET', 'HEAD'],
      url,
      config: { access: 'public' },
      async handler({ params: { id } }, reply) {
        const found = offered() && !id.includes('\0') ? await answer(id) : undefined;
        if (!found) return reply.code(404).type(htmlType).send(errorPage(404, 'No content found'));
        return reply
          .type(found.type)
          .header('x-content-type-options', 'nosniff')
          .header('content-security-policy', 'sandbox')
          .send(found.body);
      },
    });
  const withPages = () => site.config.harvestMetadataApi;
  route('/harvest/object/:id', (id) => recordDocument(site.db, id));
  route('/dataset/harvest_object/:id', (id) => datasetRecordDocument(site.db, id));
  route('/harvest/object/:id/original', (id) => originalDocument(site.db, id), withPages);
  route('/harvest/object/:id/html', (id) => recordPage(site.db, id, 'content'), withPages);
  route('/harvest/object/:id/html/original', (id) => recordPage(site.db, id, 'original'), withPages);
  app.route<Addressed>({
    method: ['GET', 'HEAD'],
    url: '/api/2/rest/harvestobject/:id/:form',
    config: { access: 'public' },
    handler: (request, reply) => redirect(site, request, reply),
  });
}

/** The addresses of CKAN's second API, which portals link to. */
function redirect(site: Site, { params }: FastifyRequest<Addressed>, reply: FastifyReply): FastifyReply {
  const { id, form } = params;
  if (!site.config.harvestMetadataApi || (form !== 'xml' && form !== 'html'))
    return reply.code(404).type(htmlType).send(errorPage(404));
  return reply.redirect(`/harvest/object/${encodeURIComponent(id)}${form === 'html' ? '/html' : ''}`, 302);
}
