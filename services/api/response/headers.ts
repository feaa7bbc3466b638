import type { Config } from '@portolan/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Headers of every answer: nothing is sniffed, framed or leaked. */
export const secureHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
};

/** CORS as CKAN answers it: only where there is an Origin, and only for one that is allowed. */
export function corsHeaders(request: FastifyRequest, reply: FastifyReply, config: Config): void {
  const { origin } = request.headers;
  if (!origin) return;
  const allowed = config.corsAllowAll ? '*' : config.corsWhitelist.includes(origin) ? origin : undefined;
  if (!allowed) return;
  reply.header('access-control-allow-origin', allowed);
  reply.header('access-control-allow-methods', 'POST, PUT, GET, DELETE, OPTIONS');
  reply.header('access-control-allow-headers', `${config.tokenHeader}, Content-Type`);
  if (allowed !== '*') reply.header('vary', 'Cookie, Origin');
}

/** How long an answer may be kept; one that a token was used for by nobody but its caller. */
export function cacheControl(config: Config, withToken: boolean): string {
  return `${withToken ? 'private' : 'public'}, max-age=${config.cacheExpires}, must-revalidate`;
}
