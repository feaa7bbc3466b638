import { Readable } from 'node:stream';
import type { Sql } from '@portolan/db';
import { type Config, invalid, PortolanError } from '@portolan/kernel';
import { guessLinkMediaType, guessMediaType, mungeFilename, resourceKey } from '@portolan/storage';
import type { Params, Site, User, WriteCall } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { Upload } from '../action/upload.ts';
import type { ResourceDict } from '../dataset/presenter.ts';

const megabyte = 2 ** 20;

type UploadSettings = Pick<Config, 'maxResourceSize' | 'mimetypeGuess'>;

/** Files of a dataset's resources, by the resource's position; nothing where the stored file is to go. */
export type Uploads = Map<number, Upload | undefined>;

/**
 * Takes the files out of a dataset's input; what they say (`url`, `url_type`, `size`, `last_modified`) stands in their
 * place. Source: CKAN's uploader.
 * @throws PortolanError `validation` for a file beyond `ckan.max_resource_size`.
 */
export function takeUploads(
  sent: Params,
  now: string,
  config: UploadSettings,
): { input: Params; uploads: Uploads } {
  const uploads: Uploads = new Map();
  if (!Array.isArray(sent['resources'])) return { input: sent, uploads };
  const resources = sent['resources'].map((resource: unknown, position) => {
    if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) return resource;
    const { upload, ...fields } = resource as Params;
    for (const [name, value] of Object.entries(fields))
      if (value instanceof Upload)
        throw misplaced(position, name, `The input field ${name} was not expected.`);
    if (!(upload instanceof Upload)) {
      if (isTruthy(fields['clear_upload'])) uploads.set(position, undefined);
      return fields;
    }
    if (upload.staged.size > config.maxResourceSize * megabyte)
      throw misplaced(position, 'upload', 'File upload too large');
    uploads.set(position, upload);
    return { ...fields, ...describedBy(upload, fields, config), last_modified: now };
  });
  return { input: { ...sent, resources }, uploads };
}

/**
 * What a file says of its resource. A client's media type stands, as does the size it tells of a new resource; an
 * address that comes with the file is looked at for the media type first.
 */
function describedBy(
  { filename, staged }: Upload,
  fields: Params,
  { mimetypeGuess }: UploadSettings,
): Params {
  const url = mungeFilename(filename);
  const link = typeof fields['url'] === 'string' ? guessLinkMediaType(fields['url']) : undefined;
  const guessed = mimetypeGuess === 'file_ext' ? (link ?? guessMediaType(url)) : undefined;
  return {
    clear_upload: undefined,
    url,
    url_type: 'upload',
    size: fields['id'] || !isTruthy(fields['size']) ? staged.size : fields['size'],
    ...(Object.hasOwn(fields, 'mimetype') ? {} : { mimetype: guessed }),
  };
}

const misplaced = (position: number, field: string, message: string) =>
  invalid({ resources: [...Array(position).fill({}), { [field]: [message] }] });

/**
 * Gives the files their keys and notes them, as the last step of the transaction: a file is there before the row that
 * speaks of it is seen, and gone again when the transaction is rolled back. What it replaces goes after the commit.
 */
export async function keepUploads(
  call: WriteCall,
  uploads: Uploads,
  resources: ResourceDict[],
): Promise<void> {
  for (const [position, upload] of uploads) {
    const resource = resources.find((candidate) => candidate['position'] === position);
    if (!resource) continue;
    await forgetFile(call, resource.id);
    if (upload) await keepFile(call, upload, resource);
  }
}

async function keepFile(
  call: WriteCall,
  { filename, staged }: Upload,
  resource: ResourceDict,
): Promise<void> {
  const { site, sql } = call;
  const name = mungeFilename(filename);
  const key = resourceKey(resource.id, site.runtime.id(), name);
  await sql.prepared(
    'note_resource_file',
    `INSERT INTO portolan.resource_file (resource_id, key, filename, size, sha256, uploaded)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [resource.id, key, name, staged.size, staged.sha256, resource['last_modified']],
  );
  sql.afterRollback(() => removeFile(site, key));
  const contentType = (resource['mimetype'] as string | null) || guessMediaType(name);
  await staged.promote(key, { contentType: contentType ?? 'application/octet-stream' });
}

/** Of these resources, those whose file was uploaded once and is not here. */
export async function unattachedUploads(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `SELECT r.id FROM resource r WHERE r.id = ANY($1) AND r.url_type = 'upload'
       AND NOT EXISTS (SELECT FROM portolan.resource_file f WHERE f.resource_id = r.id) ORDER BY r.id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Gives a resource the file that it has spoken of all along: nothing about the resource changes. */
export async function attachFile(
  site: Site,
  user: User,
  resourceId: string,
  filename: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const staged = await site.files.stage(Readable.from(content), {
    limit: site.config.maxResourceSize * megabyte,
  });
  try {
    await site.db.transact(async (tx) => {
      const [resource] = await tx.rows<ResourceDict>(
        'SELECT id, mimetype, coalesce(last_modified, created) AS last_modified FROM resource WHERE id = $1 FOR SHARE',
        [resourceId],
      );
      if (!resource) throw new PortolanError('notFound', 'Resource was not found.');
      const call = { site, sql: tx, user, ignoreAuth: true, logger: site.logger, localePrefix: '' };
      await forgetFile(call, resourceId);
      await keepFile(call, new Upload(filename, undefined, staged), resource);
    });
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

async function forgetFile(call: WriteCall, resourceId: string): Promise<void> {
  const rows = await call.sql.prepared<{ key: string }>(
    'forget_resource_file',
    'DELETE FROM portolan.resource_file WHERE resource_id = $1 RETURNING key',
    [resourceId],
  );
  for (const { key } of rows) call.sql.afterCommit(() => removeFile(call.site, key));
}

/** Removes a file that no row speaks of any more; a failure costs room, not an answer. */
export async function removeFile(site: Site, key: string): Promise<void> {
  try {
    await site.files.remove(key);
  } catch (error) {
    site.logger.warn({ err: error, key }, 'a file that is not used any more could not be removed');
  }
}
