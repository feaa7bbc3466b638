import { S3Client } from '@aws-sdk/client-s3';

export interface S3Options {
  bucket: string;
  region: string;
  /** Address of a service other than Amazon's. */
  url?: string;
  /** Without a pair of keys the machine's role is used. */
  accessKeyId?: string;
  secretAccessKey?: string;
}

/** Milliseconds without a byte after which a request is given up (and tried again by the client). */
const silence = 60_000;

export function connectS3(options: S3Options): S3Client {
  const { url, region, accessKeyId, secretAccessKey } = options;
  return new S3Client({
    region,
    ...(url !== undefined && {
      endpoint: url,
      forcePathStyle: true,
      // Others do not know Amazon's newer checksum trailers.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: silence, socketTimeout: silence },
  });
}
