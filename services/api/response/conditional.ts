import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Strong or weak, a comparison of If-None-Match does not care. Source: RFC 9110, 13.1.2. */
const entityTag = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/** The validators that a client of a GET or HEAD holds; `*` for one that holds any. */
export function heldValidators(request: FastifyRequest): string[] {
  const header = request.headers['if-none-match'];
  if (header === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return [];
  if (header.trim() === '*') return ['*'];
  return [...header.matchAll(entityTag)].map((match) => match[1] ?? '');
}

/** Strong validator of a whole answer. */
export const bodyValidator = (body: string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 27);

/** Names the answer's validator, and says whether the client needs no more than that. */
export function isHeld(reply: FastifyReply, etag: string, held: readonly string[]): boolean {
  reply.header('etag', `"${etag}"`);
  return held.includes(etag) || held.includes('*');
}
