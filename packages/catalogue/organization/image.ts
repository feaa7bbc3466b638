import { invalid, timestamp } from '@portolan/kernel';
import { guessMediaType, type ImageOwner, imageFilename, imageKey } from '@portolan/storage';
import type { Params, WriteCall } from '../action/call.ts';
import { isTruthy } from '../action/parameters.ts';
import { Upload } from '../action/upload.ts';

/** Pictures that CKAN takes by default, with the bytes that they begin with. */
const pictures = [
  { type: 'image/png', extension: '.png', start: '89504e470d0a1a0a' },
  { type: 'image/gif', extension: '.gif', start: '47494638' },
  { type: 'image/jpeg', extension: '.jpg', start: 'ffd8ff' },
];
/** Bytes that tell them apart; no picture is smaller. */
const longestStart = 16;

/**
 * Keeps the picture of a request (`image_upload`) and gives back the fields with `image_url` naming it;
 * `clear_upload` empties it. The file is taken away again when the transaction is not committed.
 * @throws PortolanError `validation` when it is too large or no picture.
 */
export async function takeImage(call: WriteCall, owner: ImageOwner, params: Params): Promise<Params> {
  const { image_upload: upload, clear_upload: clear, ...rest } = params;
  if (!(upload instanceof Upload)) return isTruthy(clear) ? { ...rest, image_url: '' } : rest;
  const { config, files, runtime } = call.site;
  if (upload.staged.size > config.maxImageSize * 2 ** 20)
    throw invalid({ image_upload: ['File upload too large'] });
  const named = guessMediaType(upload.filename) ?? 'application/octet-stream';
  const picture = pictures.find(({ type }) => type === named);
  if (!picture || upload.staged.size < longestStart) throw unsupported(named);

  const time = timestamp(runtime.now()).replace('T', ' ');
  const filename = imageFilename(
    time.includes('.') ? time : `${time}.000000`,
    upload.filename,
    picture.extension,
  );
  const key = imageKey(owner, filename);
  await upload.staged.promote(key, { contentType: picture.type });
  call.sql.afterRollback(() => files.remove(key));
  const start = await firstBytes(call, key);
  if (!start.startsWith(picture.start)) throw unsupported('application/octet-stream');
  return { ...rest, image_url: filename };
}

const unsupported = (type: string) => invalid({ image_upload: [`Unsupported upload type: ${type}`] });

async function firstBytes(call: WriteCall, key: string): Promise<string> {
  const stored = await call.site.files.get(key, { range: { start: 0, end: longestStart - 1 } });
  const chunks: Buffer[] = [];
  for await (const chunk of stored?.stream ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('hex');
}
