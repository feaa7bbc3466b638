import type { Call, Site, User } from '@portolan/catalogue';
import { openDownload } from '@portolan/catalogue';
import { PortolanError } from '@portolan/kernel';
import {
  checkKey,
  guessMediaType,
  imageKey,
  parseRange,
  RangeNotSatisfiable,
  type StoredObject,
} from '@portolan/storage';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, tokenOf } from '../caller.ts';
import { cacheControl, corsHeaders } from '../response/headers.ts';
import { errorPage, htmlType, movedPage } from '../response/page.ts';

interface Path {
  dataset: string;
  resource: string;
  filename?: string;
}

/** Files of resources, for whoever may read their dataset, and pictures of groups and users, for everybody. */
export function downloadRoutes(app: FastifyInstance, site: Site): void {
  for (const url of [
    '/:type/:dataset/resource/:resource/download',
    '/:type/:dataset/resource/:resource/download/:filename',
  ])
    app.route<{ Params: Path }>({
      method: ['GET', 'HEAD'],
      url,
      config: { access: 'dataset' },
      handler: (request, reply) => refusals(site, request, reply, () => download(site, request, reply)),
    });
  app.route<{ Params: { owner: string; name: string } }>({
    method: ['GET', 'HEAD'],
    url: '/uploads/:owner/:name',
    config: { access: 'public' },
    handler: (request, reply) => refusals(site, request, reply, () => image(site, request, reply)),
  });
}

async function download(
  site: Site,
  request: FastifyRequest<{ Params: Path }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  corsHeaders(request, reply, site.config);
  const { dataset, resource, filename } = request.params;
  const found = await openDownload(callOf(site, await callerOf(request, site)), dataset, resource, filename);
  if ('redirect' in found)
    return reply.code(302).header('location', found.redirect).type(htmlType).send(movedPage(found.redirect));
  reply.header('cache-control', cacheControl(site.config, tokenOf(request, site) !== undefined));
  return sendFile(site, request, reply, {
    key: found.key,
    type: found.contentType,
    disposition: `inline; ${filenamePart(found.filename)}`,
  });
}

async function image(
  site: Site,
  request: FastifyRequest<{ Params: { owner: string; name: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { owner, name } = request.params;
  if (owner !== 'group' && owner !== 'user' && owner !== 'admin') throw new PortolanError('notFound');
  const type = guessMediaType(name) ?? 'application/octet-stream';
  return sendFile(site, request, reply, {
    key: imageKey(owner, name),
    type,
    disposition: `inline; ${filenamePart(name)}`,
  });
}

const callOf = (site: Site, user: User | undefined): Call => ({
  site,
  sql: site.db,
  user,
  ignoreAuth: false,
  logger: site.logger,
  localePrefix: '',
});

interface FileAnswer {
  key: string;
  type: string;
  disposition: string;
}

/** The file, a part of it, or the word that the client has it already. */
async function sendFile(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileAnswer,
): Promise<FastifyReply> {
  const key = checkKey(file.key);
  const info = await site.files.stat(key);
  if (!info) throw new PortolanError('notFound', 'Resource data not found');
  reply
    .header('etag', info.etag)
    .header('last-modified', info.lastModified.toUTCString())
    .header('accept-ranges', 'bytes');
  reply.header('content-disposition', file.disposition);
  if (isUnchanged(request, info.etag, info.lastModified)) return reply.code(304).send();
  // A publisher's file may hold script (HTML, SVG, XML can); a browser that shows it runs none of it.
  reply.header('content-type', file.type).header('content-security-policy', 'sandbox');
  if (request.method === 'HEAD') return reply.header('content-length', info.size).send();
  const range = wantedRange(request, info.etag);
  const object = await site.files.get(key, range ? { range } : {});
  if (!object) throw new PortolanError('notFound', 'Resource data not found');
  return sendObject(reply, object);
}

function sendObject(reply: FastifyReply, object: StoredObject): FastifyReply {
  const { part, size, stream } = object;
  if (!part) return reply.header('content-length', size).send(stream);
  return reply
    .code(206)
    .header('content-range', `bytes ${part.start}-${part.end}/${size}`)
    .header('content-length', part.end - part.start + 1)
    .send(stream);
}

function isUnchanged(request: FastifyRequest, etag: string, modified: Date): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined)
    return tags === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(modified.getTime() / 1000) * 1000 <= since;
}

/** A range that was asked of another version of the file is not one of this. */
function wantedRange(request: FastifyRequest, etag: string) {
  const { range, 'if-range': condition } = request.headers;
  if (!range || (condition !== undefined && condition !== etag)) return undefined;
  return parseRange(range);
}

/** `filename=` as CKAN writes it where it is plain, and what RFC 6266 has for the rest. */
const filenamePart = (name: string): string =>
  /^[\w.+-]+$/.test(name)
    ? `filename=${name}`
    : `filename="${name.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;

async function refusals(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    for (const name of ['content-disposition', 'accept-ranges', 'etag', 'last-modified'])
      reply.removeHeader(name);
    if (error instanceof RangeNotSatisfiable) return reply.code(416).type(htmlType).send(errorPage(416));
    const known =
      error instanceof PortolanError ? error : new PortolanError('internal', undefined, { cause: error });
    if (known.status >= 500) site.logger.error({ err: error, request: request.id }, 'a download failed');
    // A key that escapes is nobody's file.
    const status = known.code === 'validation' ? 404 : known.status;
    return reply
      .removeHeader('content-disposition')
      .code(status)
      .type(htmlType)
      .send(errorPage(status, known.detail));
  }
}
