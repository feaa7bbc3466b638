import type { IncomingMessage } from 'node:http';
import type { Action, Params, Site, Upload } from '@portolan/catalogue';
import { UnsupportedMediaType } from './bad_request.ts';
import { readBody } from './body.ts';
import { type Field, fieldParams, parseFields } from './fields.ts';
import { parseJsonBody, parseJsonFieldName } from './json_body.ts';
import { readMultipart } from './multipart_body.ts';

export interface ReadRequest {
  params: Params;
  uploads: Upload[];
}

const megabyte = 2 ** 20;

/**
 * Where CKAN finds an action's parameters, the first that fits: the form, the query string (reads only), the JSON
 * body. Files join under their field's name. Source: spec 2.1 of the Action API, CKAN `views/api.py`.
 */
export async function readParameters(
  request: IncomingMessage,
  action: Action,
  site: Site,
  mayUpload: boolean,
): Promise<ReadRequest> {
  const { config } = site;
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const limit = config.bodyLimit * megabyte;
  const query = (request.url ?? '').split('?').slice(1).join('?');
  const queryParams = action.effect === 'read' && query !== '' ? fieldParams(parseFields(query)) : undefined;

  if (request.method === 'POST' && type === 'multipart/form-data') {
    const file = (field: string) =>
      (field.endsWith('upload') && field !== 'image_upload' ? config.maxResourceSize : config.maxImageSize) *
      megabyte;
    const body = await readMultipart(request, mayUpload ? site.files : undefined, { field: limit, file });
    const params = formParams(body.fields, config.bodyDepth) ?? queryParams ?? {};
    for (const [field, upload] of body.files) params[field] = upload;
    return { params, uploads: body.files.map(([, upload]) => upload) };
  }
  const body = await readBody(request, limit);
  if (request.method === 'POST' && type === 'application/x-www-form-urlencoded') {
    const params = formParams(parseFields(body.toString('utf8')), config.bodyDepth);
    if (params) return { params, uploads: [] };
    return { params: queryParams ?? {}, uploads: [] };
  }
  if (queryParams) return { params: queryParams, uploads: [] };
  if (body.length === 0 || type === 'application/x-www-form-urlencoded') return { params: {}, uploads: [] };
  if (!/^application\/([^;]+\+)?json$/.test(type) && body[0] !== 0x7b) throw new UnsupportedMediaType();
  return { params: parseJsonBody(body, config.bodyDepth), uploads: [] };
}

/** A form's only field whose value is nothing or `1` is JSON in the place of its name; curl sends it so. */
function formParams(fields: Field[], depth: number): Params | undefined {
  if (fields.length === 0) return undefined;
  const [name = '', value = ''] = fields[0] ?? [];
  const single = fields.every((field) => field[0] === name) && (value === '' || value === '1');
  // What is no JSON but a plain name is a field after all: `id=1`.
  if (!single || (/^[A-Za-z_][\w.-]*$/.test(name) && !isJsonWord(name))) return fieldParams(fields);
  return parseJsonFieldName(name, depth);
}

const isJsonWord = (text: string) => ['null', 'true', 'false', 'NaN', 'Infinity'].includes(text);
