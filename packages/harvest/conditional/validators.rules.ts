import { createHash } from 'node:crypto';
import type { RequestOptions, ResponseHeaders } from '@portolan/fetcher';
import type { Source } from '../source/source.repo.ts';

/** By what a server tells one version of a document from another. */
export type Validators = Pick<RequestOptions, 'etag' | 'lastModified'>;

/**
 * What an answer says of the version that it is; undefined when that does not tell it from another. A time that is not
 * before the answer's own may be that of two versions: both were written in the same second (RFC 9110 §8.8.2.2).
 */
export function validatorsOf(headers: ResponseHeaders): Validators | undefined {
  const { etag, date, 'last-modified': modified } = headers;
  const certain = Date.parse(modified ?? '') < Date.parse(date ?? '');
  if (!etag && !certain) return undefined;
  return { ...(etag ? { etag } : {}), ...(modified && certain ? { lastModified: modified } : {}) };
}

/** What the meaning of a document depends on besides itself. */
export const madeFor = ({ url, type, config }: Pick<Source, 'url' | 'type' | 'config'>): string =>
  createHash('sha256')
    .update(JSON.stringify([url, type, config ?? '']))
    .digest('base64url');
