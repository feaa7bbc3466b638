import { setTimeout as sleep } from 'node:timers/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type ObjectCannedACL,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { PromoteOptions } from '../store.ts';
import { isConflict } from './answers.ts';

export interface Copy {
  bucket: string;
  from: string;
  to: string;
  size: number;
  options: PromoteOptions;
}

/** S3 copies no more than 5 GiB in one request. */
export const largestCopy = 5 * 2 ** 30;

const source = ({ bucket, from }: Copy) => `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;

function head({ bucket, to, options }: Copy) {
  return {
    Bucket: bucket,
    Key: to,
    ContentType: options.contentType,
    ...(options.disposition !== undefined && { ContentDisposition: options.disposition }),
    ...(options.acl !== undefined && { ACL: options.acl as ObjectCannedACL }),
  };
}

/** Times a copy is tried again that met another request. */
const patience = 5;

/** Copies inside the bucket, on the server; the new object is seen whole or not at all. */
export async function copyObject(client: S3Client, copy: Copy, partSize = largestCopy): Promise<void> {
  if (copy.size > partSize) return await copyInParts(client, copy, partSize);
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(
        new CopyObjectCommand({ ...head(copy), CopySource: source(copy), MetadataDirective: 'REPLACE' }),
      );
      return;
    } catch (error) {
      // A server that keeps objects as files refuses while it clears a folder whose last object has just gone.
      if (!isConflict(error) || attempt > patience) throw error;
      await sleep(20 * attempt);
    }
  }
}

async function copyInParts(client: S3Client, copy: Copy, partSize: number): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(head(copy)));
  const upload = { Bucket: copy.bucket, Key: copy.to, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    for (let start = 0; start < copy.size; start += partSize) {
      const PartNumber = Parts.length + 1;
      const end = Math.min(start + partSize, copy.size) - 1;
      const { CopyPartResult } = await client.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber,
          CopySource: source(copy),
          CopySourceRange: `bytes=${start}-${end}`,
        }),
      );
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}
