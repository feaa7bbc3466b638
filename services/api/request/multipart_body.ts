import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { Upload } from '@portolan/catalogue';
import type { ObjectStore } from '@portolan/storage';
import { BadRequest } from './bad_request.ts';
import type { Field } from './fields.ts';

export interface MultipartLimits {
  /** Bytes of one text field. */
  field: number;
  /** Bytes of a file in this field. */
  file(field: string): number;
}

export interface MultipartBody {
  fields: Field[];
  files: [field: string, upload: Upload][];
}

const mostParts = 1000;

/**
 * Reads a multipart body. Files stream into the store's staging area as they arrive, never whole in memory; with
 * no store they are read and dropped. A torn body, or one over a limit, leaves nothing staged.
 */
export async function readMultipart(
  request: IncomingMessage,
  store: ObjectStore | undefined,
  limits: MultipartLimits,
): Promise<MultipartBody> {
  const fields: Field[] = [];
  const staging: Promise<[string, Upload] | undefined>[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      const parser = openParser(request, limits);
      parser.on('field', (name, value, _nameTruncated, truncated) => {
        if (truncated) reject(new BadRequest(`The field ${name} is too long`));
        fields.push([name, value]);
      });
      parser.on('file', (field, stream, filename, _encoding, contentType) => {
        // A file input left empty sends a part without a name.
        if (!filename || !store) {
          stream.resume();
          return;
        }
        // A stream of our own, so that a torn request ends it with an error and not with half a file.
        const through = new PassThrough();
        stream.on('error', (error) => through.destroy(error));
        // Whoever stages it hears of its end by reading; an end before that must not be an unheard error.
        through.on('error', () => {});
        request.once('aborted', () => through.destroy(new Error('the request was cut off')));
        stream.pipe(through);
        const staged = store
          .stage(through, { limit: limits.file(field) })
          .then((one): [string, Upload] => [field, new Upload(filename, contentType, one)]);
        staged.catch((error) => {
          stream.unpipe(through);
          stream.resume();
          reject(error);
        });
        staging.push(staged);
      });
      parser.on('partsLimit', () => reject(new BadRequest(`More than ${mostParts} parts`)));
      parser.on('error', (error) =>
        reject(new BadRequest(`The multipart body is broken: ${(error as Error).message}`)),
      );
      parser.on('finish', resolve);
      request.once('aborted', () => reject(new BadRequest('The request was cut off')));
      request.once('error', reject);
      request.pipe(parser);
    });
    const files = await Promise.all(staging);
    return { fields, files: files.filter((file) => file !== undefined) };
  } catch (error) {
    for (const outcome of await Promise.allSettled(staging))
      if (outcome.status === 'fulfilled' && outcome.value) await outcome.value[1].staged.discard();
    throw error;
  }
}

function openParser(request: IncomingMessage, limits: MultipartLimits): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      limits: { fieldSize: limits.field, parts: mostParts, fieldNameSize: limits.field, headerPairs: 100 },
      preservePath: true,
    });
  } catch (error) {
    throw new BadRequest(`The multipart body is broken: ${(error as Error).message}`);
  }
}
