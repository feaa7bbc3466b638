import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { systemRuntime } from '@portolan/kernel';
import type { S3Options } from '@portolan/storage';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyObject } from '../../packages/storage/s3/copy.ts';
import { s3Store } from '../../packages/storage/s3/store.ts';
import { startServer } from './server.ts';
import { storeSuite } from './storage.suite.ts';

const server = startServer('s3', { S3_PORT: '19371' });
afterAll(() => server?.stop());

const uploader = path.join(import.meta.dirname, 'storage.uploader.ts');

describe.skipIf(!server)('the store on S3 (needs ../shared/servers/s3)', () => {
  const variables = server?.variables ?? {};
  const options: S3Options = {
    bucket: `portolan-${systemRuntime.id().slice(0, 8)}`,
    url: variables['S3_URL'],
    region: variables['S3_REGION'] ?? '',
    accessKeyId: variables['S3_ACCESS_KEY_ID'],
    secretAccessKey: variables['S3_SECRET_ACCESS_KEY'],
  };
  let client: S3Client;
  beforeAll(async () => {
    client = new S3Client({
      region: options.region,
      endpoint: options.url!,
      forcePathStyle: true,
      credentials: { accessKeyId: options.accessKeyId!, secretAccessKey: options.secretAccessKey! },
    });
    await client.send(new CreateBucketCommand({ Bucket: options.bucket }));
  });
  afterAll(() => client?.destroy());

  async function leftovers(): Promise<string[]> {
    const objects = await client.send(
      new ListObjectsV2Command({ Bucket: options.bucket, Prefix: '.portolan/' }),
    );
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: options.bucket }));
    return [...(objects.Contents ?? []), ...(uploads.Uploads ?? [])].map(({ Key }) => Key!);
  }

  storeSuite(async () => ({
    store: s3Store(options),
    leftovers,
    async killUploader() {
      const child = spawn(process.execPath, [uploader, JSON.stringify({ s3: options })], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  }));

  test('tells the bucket’s own readers the type and the name of a file', async () => {
    const staged = await s3Store(options).stage((async function* () {})());
    await staged.promote('shown/x', {
      contentType: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="x.csv"',
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: options.bucket, Key: 'shown/x' }));
    expect(head).toMatchObject({
      ContentType: 'text/csv; charset=utf-8',
      ContentDisposition: 'attachment; filename="x.csv"',
    });
  });

  test('a bucket that does not exist is an error, not a missing file', async () => {
    await expect(s3Store({ ...options, bucket: 'no-such-bucket' }).get('x')).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('an object too large for one copy is copied in parts', async () => {
    const store = s3Store(options);
    async function* content() {
      for (let i = 0; i < 13; i++) yield Buffer.alloc(2 ** 20, i + 1);
    }
    const staged = await store.stage(content());
    await staged.promote('copy/source', { contentType: 'text/plain' });
    const copy = { bucket: options.bucket, from: 'copy/source', to: 'copy/target', size: staged.size };
    await copyObject(client, { ...copy, options: { contentType: 'text/csv' } }, 5 * 2 ** 20);
    const found = await store.get('copy/target');
    const read = await buffer(found!.stream);
    expect(read.equals(await buffer(content()))).toBe(true);
    expect(found).toMatchObject({ contentType: 'text/csv', size: 13 * 2 ** 20 });
    expect(await leftovers()).toEqual([]);
  });
});
