import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';

interface Place {
  bucket: string;
  prefix: string;
}

/** Removes staged objects and unfinished multipart uploads begun before `olderThan`. */
export async function sweepBucket(client: S3Client, place: Place, olderThan: Date): Promise<number> {
  return (await abortUploads(client, place, olderThan)) + (await removeStaged(client, place, olderThan));
}

async function abortUploads(client: S3Client, { bucket, prefix }: Place, olderThan: Date): Promise<number> {
  let aborted = 0;
  let marker: { KeyMarker?: string; UploadIdMarker?: string } = {};
  for (;;) {
    const page = await client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...marker }),
    );
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (!Key?.startsWith(prefix) || !Initiated || Initiated >= olderThan) continue;
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      aborted++;
    }
    if (!page.IsTruncated) return aborted;
    marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

async function removeStaged(client: S3Client, { bucket, prefix }: Place, olderThan: Date): Promise<number> {
  let removed = 0;
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
    for (const { Key, LastModified } of page.Contents ?? []) {
      if (!LastModified || LastModified >= olderThan) continue;
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      removed++;
    }
  return removed;
}
