import { authenticate, type Site, type User } from '@portolan/catalogue';
import type { FastifyRequest } from 'fastify';

/** The token of a request: the configured header first, then those that CKAN's clients also send. */
export function tokenOf(request: FastifyRequest, site: Site): string | undefined {
  for (const name of [site.config.tokenHeader.toLowerCase(), 'authorization', 'x-ckan-api-key']) {
    const value = request.headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** Who is calling; a token that is none, or of nobody any more, makes an anonymous caller. */
export async function callerOf(request: FastifyRequest, site: Site): Promise<User | undefined> {
  const token = tokenOf(request, site);
  return token === undefined ? undefined : authenticate(site, site.db, token);
}
