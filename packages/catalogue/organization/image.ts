import { invalid, timestamp } from '@portolan/kernel';
import { imageFilename, imageKey, sniffMediaType } from '@portolan/storage';
import type { Params, WriteCall } from '../action/call.ts';
import { looseFlag } from '../action/parameters.ts';
import { Upload } from '../action/upload.ts';
import { removeFile } from '../resource/files.ts';
import { checkDeclared, checkSniffed, type PicturedKind, pictureLimits } from './image.rules.ts';

/**
 * Keeps the picture of a request (`image_upload`) and gives back the fields with `image_url` naming it; without one,
 * `clear_upload` empties it unless the request names another. The file is taken away again when the transaction is not
 * committed.
 * @throws PortolanError `validation` when it is no picture that the portal takes, or too large.
 */
export async function takeImage(call: WriteCall, kind: PicturedKind, params: Params): Promise<Params> {
  const { image_upload: upload, clear_upload: _clear, ...rest } = params;
  if (!(upload instanceof Upload))
    return looseFlag(params, 'clear_upload') && rest['image_url'] === undefined
      ? { ...rest, image_url: '' }
      : rest;
  const { config, files, runtime } = call.site;
  const { filename, contentType, staged } = upload;
  const limits = pictureLimits(config, kind);
  checkDeclared(limits, filename, contentType);
  const { mediaType, extension } = await sniffMediaType(staged.head);
  checkSniffed(limits, mediaType);
  if (staged.size > config.maxImageSize * 2 ** 20) throw invalid({ upload: ['File upload too large'] });

  const time = timestamp(runtime.now()).replace('T', ' ');
  const kept = imageFilename(time.includes('.') ? time : `${time}.000000`, filename, extension);
  const key = imageKey(kind, kept);
  await staged.promote(key, { contentType: mediaType });
  call.sql.afterRollback(() => files.remove(key));
  return { ...rest, image_url: kept };
}

/** What `imageFilename` gives: nothing that a client types in the place of an address leads out of the folder. */
const keptName = /^\d{4}-\d\d-\d\d-\d{6}[a-zA-Z0-9.-]*$/;

/**
 * Removes, once the transaction is committed, the file of a picture that its owner's row has named until now. A
 * client may name any picture in `image_url`, so one that another row of the kind still names stays.
 */
export async function forgetImage(call: WriteCall, kind: PicturedKind, image: string | null): Promise<void> {
  if (!image || !keptName.test(image)) return;
  const named = await call.sql.rows(`SELECT FROM "${kind}" WHERE image_url = $1 LIMIT 1`, [image]);
  if (named.length === 0) call.sql.afterCommit(() => removeFile(call.site, imageKey(kind, image)));
}
