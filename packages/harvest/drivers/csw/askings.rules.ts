import { FetchError } from '@portolan/fetcher';
import type { Page } from './requests.rules.ts';
import { CswException } from './responses.ts';

/** A way to ask for a page of records. */
export type Asking = Pick<Page, 'elements' | 'size' | 'sorted'>;

const sizes: Omit<Asking, 'sorted'>[] = [
  { elements: 'full', size: 100 },
  { elements: 'full', size: 10 },
  { elements: 'brief', size: 10 },
];

/** The best first: whole records spare a request for each, and an order keeps pages apart. */
export const askings: readonly Asking[] = [true, false].flatMap((sorted) =>
  sizes.map((one) => ({ ...one, sorted })),
);

/** The server was not reached: no other question would be. */
const away = new Set(['blocked', 'dns', 'connection', 'circuit']);

/**
 * What to try once a server has failed to answer. Without an order only from the first page on, and only if the
 * server has understood and refused: pages of both kinds do not go together.
 */
export function furtherAskings(
  failed: Asking,
  others: readonly Asking[],
  { first, cause }: { first: boolean; cause: unknown },
): readonly Asking[] {
  if (cause instanceof FetchError && away.has(cause.kind)) return [];
  return others.filter(({ sorted }) => sorted === failed.sorted || (first && cause instanceof CswException));
}
