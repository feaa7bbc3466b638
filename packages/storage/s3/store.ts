import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Runtime, systemRuntime } from '@portolan/kernel';
import { RangeNotSatisfiable } from '../errors.ts';
import { checkKey, hiddenFolder } from '../key.rules.ts';
import { meter } from '../meter.ts';
import type { ByteRange, ListedObject, ObjectStore, Staged, StageOptions } from '../store.ts';
import { describe, isBadRange, isMissing } from './answers.ts';
import { connectS3, type S3Options } from './connect.ts';
import { copyObject } from './copy.ts';
import { sweepBucket } from './sweep.ts';

const staging = `${hiddenFolder}/staging/`;
/** Two parts are in memory at a time; 10,000 parts are the most that S3 takes. */
const partSize = 8 * 2 ** 20;

/**
 * Files in a bucket. An upload goes to a staging key first and is copied on the server when it is promoted, so
 * that its key, its checks and the database's transaction are settled before anyone can see it.
 */
export function s3Store(options: S3Options, runtime: Pick<Runtime, 'id'> = systemRuntime): ObjectStore {
  const client = connectS3(options);
  const { bucket } = options;
  const at = (key: string) => ({ Bucket: bucket, Key: checkKey(key) });

  async function stage(stream: AsyncIterable<Uint8Array>, limits: StageOptions = {}): Promise<Staged> {
    const from = staging + runtime.id();
    const measured = await upload(client, { bucket, key: from, stream, limits });
    let promoted = false;
    const drop = () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: from }));
    return {
      ...measured,
      async promote(key, promotion) {
        const to = checkKey(key);
        await copyObject(client, { bucket, from, to, size: measured.size, options: promotion });
        promoted = true;
        // The file has its key, which is what was asked for; a staged copy that stays is swept later.
        await drop().catch(() => undefined);
      },
      async discard() {
        if (!promoted) await drop();
      },
    };
  }

  async function stat(key: string) {
    try {
      return describe(key, await client.send(new HeadObjectCommand(at(key))));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  return {
    stage,
    stat,
    async get(key, { range } = {}) {
      try {
        const answer = await client.send(
          new GetObjectCommand({ ...at(key), ...(range && { Range: rangeHeader(range) }) }),
        );
        return { part: undefined, ...describe(key, answer), stream: answer.Body as Readable };
      } catch (error) {
        if (isMissing(error)) return undefined;
        if (isBadRange(error)) throw new RangeNotSatisfiable((await stat(key))?.size ?? 0);
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    list: (prefix) => list(client, bucket, prefix),
    sweep: (olderThan) => sweepBucket(client, { bucket, prefix: staging }, olderThan),
  };
}

interface Incoming {
  bucket: string;
  key: string;
  stream: AsyncIterable<Uint8Array>;
  limits: StageOptions;
}

async function upload(client: S3Client, { bucket, key, stream, limits }: Incoming) {
  const metered = meter(stream, limits);
  // An upload whose body fails removes its own parts before it fails itself.
  const body = Readable.from(metered.stream, { objectMode: false });
  await new Upload({
    client,
    params: { Bucket: bucket, Key: key, Body: body },
    partSize,
    queueSize: 2,
  }).done();
  return metered.result();
}

function rangeHeader(range: ByteRange): string {
  return 'suffix' in range ? `bytes=-${range.suffix}` : `bytes=${range.start}-${range.end ?? ''}`;
}

async function* list(client: S3Client, bucket: string, prefix: string): AsyncGenerator<ListedObject> {
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
    for (const { Key: key, Size: size = 0, LastModified: lastModified = new Date(0) } of page.Contents ?? [])
      if (key !== undefined && !key.startsWith(`${hiddenFolder}/`)) yield { key, size, lastModified };
}
