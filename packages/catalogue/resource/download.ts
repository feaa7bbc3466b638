import { notFound } from '@portolan/kernel';
import { ckanResourceKey, guessMediaType } from '@portolan/storage';
import type { Call } from '../action/call.ts';
import { datasetLabels, mayRead } from '../authorisation/labels.ts';
import { notAuthorised } from '../authorisation/rules.ts';
import { findDataset } from '../dataset/find.ts';
import { locationOf } from './address.rules.ts';
import { assertMayReadResource } from './authorise.ts';
import { findResource } from './find.ts';

/** Where a download is: an address elsewhere, or a file of ours. */
export type Download =
  | { redirect: string }
  | {
      /** In `site.files`; its content never changes. */
      key: string;
      /** As the client asked for it, else as it was uploaded. */
      filename: string;
      contentType: string;
    };

/**
 * What `GET /dataset/<id>/resource/<id>/download[/<filename>]` answers. As in CKAN the dataset of the address need not
 * be the resource's own, which decides; but the caller has to be allowed to read both.
 * @throws PortolanError `notFound`, `authorization`
 */
export async function openDownload(
  call: Call,
  dataset: string,
  resourceId: string,
  filename?: string,
): Promise<Download> {
  const found = await findResource(call.sql, resourceId);
  if (!found || found.resource.state === 'deleted') throw notFound('Resource not found');
  await assertMayReadResource(call, found);
  const addressed = await findDataset(call.sql, dataset);
  if (!addressed) throw notFound('Resource not found');
  if (!(await mayRead(call, datasetLabels(addressed, call.site.config.allowCollaborators))))
    throw notAuthorised(call, `read package ${addressed.id}`);
  const { url, url_type, mimetype } = found.resource;
  if (url_type !== 'upload') {
    const redirect = locationOf(url);
    if (redirect === undefined) throw notFound('No download is available');
    return { redirect };
  }
  const key = await storedKey(call, resourceId);
  const name = filename || (url.split('/').at(-1) ?? '');
  const contentType = mimetype || withCharset(guessMediaType(name) ?? 'application/octet-stream');
  return { key, filename: name, contentType };
}

/** A type that was only guessed is told with the encoding that text usually has; a stored one is told as it stands. */
const withCharset = (type: string): string =>
  /^text\/|^application\/(.*\+)?xml$|javascript$/.test(type) ? `${type}; charset=utf-8` : type;

/** Our own file, or the one that a CKAN left in the same store. */
async function storedKey(call: Call, resourceId: string): Promise<string> {
  const rows = await call.sql.prepared<{ key: string }>(
    'resource_file_key',
    'SELECT key FROM portolan.resource_file WHERE resource_id = $1',
    [resourceId],
  );
  if (rows[0]) return rows[0].key;
  const adopted = ckanResourceKey(resourceId);
  if (await call.site.files.stat(adopted)) return adopted;
  throw notFound('Resource data not found');
}
