import { notFound } from '@portolan/kernel';
import { ckanResourceKey, guessMediaType } from '@portolan/storage';
import type { Call } from '../action/call.ts';
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
      /** Content that a browser would run in the portal's name must not be shown by it. */
      attachment: boolean;
    };

/**
 * What `GET /dataset/<id>/resource/<id>/download[/<filename>]` answers.
 * @throws PortolanError `notFound`, `authorization`
 */
export async function openDownload(
  call: Call,
  dataset: string,
  resourceId: string,
  filename?: string,
): Promise<Download> {
  const found = await findResource(call.sql, resourceId);
  const owner = await findDataset(call.sql, dataset);
  if (!found || !owner || found.resource.state === 'deleted' || found.dataset.id !== owner.id)
    throw notFound('Resource not found');
  await assertMayReadResource(call, found);
  const { url, url_type, mimetype } = found.resource;
  if (url_type !== 'upload') {
    const redirect = locationOf(url);
    if (redirect === undefined) throw notFound('No download is available');
    return { redirect };
  }
  const key = await storedKey(call, resourceId);
  const name = filename || (url.split('/').at(-1) ?? '');
  const contentType = mimetype || withCharset(guessMediaType(name) ?? 'application/octet-stream');
  return { key, filename: name, contentType, attachment: isActive(contentType) };
}

/** A type that was only guessed is told with the encoding that text usually has; a stored one is told as it stands. */
const withCharset = (type: string): string =>
  /^text\/|^application\/(.*\+)?xml$|javascript$/.test(type) ? `${type}; charset=utf-8` : type;

const isActive = (contentType: string): boolean => /html|svg/i.test(contentType);

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
