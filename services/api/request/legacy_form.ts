import type { Params } from '@portolan/catalogue';
import type { Config } from '@portolan/kernel';
import type { FastifyRequest } from 'fastify';
import { BadSearchOption } from './bad_request.ts';
import { readBody } from './body.ts';
import { type Field, fieldParams, parseFields } from './fields.ts';
import { parseJsonBody } from './json_body.ts';

const megabyte = 2 ** 20;

/**
 * Parameters as the legacy search API reads them: a form, else the query string, of which `qjson` or a single field
 * that is named by a JSON object take the place of all; or a JSON body. @throws BadSearchOption
 */
export async function legacyParams(request: FastifyRequest, config: Config): Promise<Params> {
  const query = parseFields(request.url.split('?').slice(1).join('?'));
  if (request.method !== 'POST') return paramsOf(query, config);
  const body = await readBody(request.raw, config.bodyLimit * megabyte);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json') && body.length > 0)
    return jsonParams(body.toString('utf8'), config);
  const form = parseFields(body.toString('utf8'));
  return paramsOf(form.length > 0 ? form : query, config);
}

function paramsOf(fields: Field[], config: Config): Params {
  const json = fields.find(([name]) => name === 'qjson')?.[1];
  if (json !== undefined && json !== '') return jsonParams(json, config);
  const [name = '', value] = fields[0] ?? [];
  if (fields.length === 1 && name.startsWith('{') && (value === '' || value === '1'))
    return jsonParams(name, config);
  return fieldParams(fields);
}

function jsonParams(text: string, config: Config): Params {
  try {
    return parseJsonBody(Buffer.from(text), config.bodyDepth);
  } catch (error) {
    throw new BadSearchOption(`Could not read parameters: ${error instanceof Error ? error.message : error}`);
  }
}
