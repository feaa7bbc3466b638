import { asciiJson } from '@portolan/catalogue';
import type { FastifyReply } from 'fastify';
import { jsonType } from './jsonp.ts';

/** 400 with the text as a bare JSON string. */
export function badRequest(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(400).type(jsonType).send(asciiJson(message));
}
