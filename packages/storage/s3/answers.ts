import type { ObjectInfo } from '../store.ts';

interface Failure {
  name?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Whether a failed request says that the object is not there; a missing bucket is another matter. */
export function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as Failure;
  return name !== 'NoSuchBucket' && $metadata?.httpStatusCode === 404;
}

/** Whether a request met another one at the same place and may be sent again. */
export const isConflict = (error: unknown) => (error as Failure).$metadata?.httpStatusCode === 409;

export const isBadRange = (error: unknown) => (error as Failure).$metadata?.httpStatusCode === 416;

interface Answer {
  ContentLength?: number;
  ContentRange?: string;
  ContentType?: string;
  ETag?: string;
  LastModified?: Date;
}

/** Reads `bytes 0-9/100`. */
function readContentRange(header: string) {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header);
  if (!match) throw new Error(`the object store answered a range with ${header}`);
  return { start: Number(match[1]), end: Number(match[2]), size: Number(match[3]) };
}

export function describe(
  key: string,
  answer: Answer,
): ObjectInfo & { part?: { start: number; end: number } } {
  const range = answer.ContentRange === undefined ? undefined : readContentRange(answer.ContentRange);
  return {
    key,
    size: range?.size ?? answer.ContentLength ?? 0,
    etag: answer.ETag ?? '""',
    lastModified: answer.LastModified ?? new Date(0),
    contentType: answer.ContentType ?? 'application/octet-stream',
    ...(range && { part: { start: range.start, end: range.end } }),
  };
}
