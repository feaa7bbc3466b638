import type { Readable } from 'node:stream';

/** Bytes `start` to `end`, both included; without `end` to the end; or the last `suffix` bytes. */
export type ByteRange = { start: number; end?: number } | { suffix: number };

export interface ObjectInfo {
  key: string;
  /** Bytes of the whole object, also when a part of it was asked for. */
  size: number;
  /** A strong entity tag with its quotes: another content never has the same. */
  etag: string;
  lastModified: Date;
  contentType: string;
}

export interface StoredObject extends ObjectInfo {
  /** The part that `stream` holds, both ends included; undefined when it is the whole object. */
  part: { start: number; end: number } | undefined;
  /** To be read to its end or destroyed. */
  stream: Readable;
}

export interface ListedObject {
  key: string;
  size: number;
  lastModified: Date;
}

export interface PromoteOptions {
  contentType: string;
  /** Content-Disposition for those who read the bucket itself; a folder has no place for it. */
  disposition?: string;
  /** A canned ACL such as `public-read`; only on S3. */
  acl?: string;
}

/** An upload that is complete and safely stored, but has no key yet: nobody else can see it. */
export interface Staged {
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Its first bytes, 4096 or all of them, for `sniffMediaType`. */
  readonly head: Uint8Array;
  /** Gives it its key, in one step that a reader sees whole or not at all. Only once. */
  promote(key: string, options: PromoteOptions): Promise<void>;
  /** Gives it up; without effect after `promote`. */
  discard(): Promise<void>;
}

export interface StageOptions {
  /** Bytes; one more and the upload is refused. */
  limit?: number;
  signal?: AbortSignal;
}

/**
 * Files by key. A key is a relative path (`resources/…/name.csv`); one that escapes is refused as CKAN does.
 * Content behind a key never changes under a reader: whoever opened the old object reads it to its end.
 */
export interface ObjectStore {
  /**
   * Takes a stream in, in bounded memory. Whatever goes wrong, nothing is left behind.
   * @throws UploadTooLarge beyond `limit`.
   */
  stage(stream: AsyncIterable<Uint8Array>, options?: StageOptions): Promise<Staged>;
  /**
   * Undefined when there is no such object.
   * @throws RangeNotSatisfiable when the range begins behind the end.
   */
  get(key: string, options?: { range?: ByteRange }): Promise<StoredObject | undefined>;
  stat(key: string): Promise<ObjectInfo | undefined>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Every object whose key starts with `prefix`, in no order. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Removes uploads that were never promoted, begun before `olderThan`; returns how many. */
  sweep(olderThan: Date): Promise<number>;
}
