import type { DocumentServer } from '../../testing/document_server.ts';

/** The configuration of a source whose deletions nothing but the driver's own care keeps from being made. */
export const unguarded = { deletion_guard: false, delete_missing: true, force_all: true };

export type Page = DocumentServer['pages'][string];

/** A record as its publisher knows it. */
export interface FeedRecord {
  guid: string;
  title: string;
  /** When it was changed. */
  date?: string;
  /** The record as it stands in the feed, where it is to be odd. */
  text?: string;
}

/** What a feed lists, page by page. */
export interface Listing {
  /** Records of a page, from 1; of those behind the last there are none. */
  page(number: number): FeedRecord[];
  /** How many records it says that there are, on a page. */
  total?(number: number): number;
  /** The page that it says is next, on a page. */
  next?(number: number): number | undefined;
}

/** Answers a document of the feed in another way: `page 1`, `page 2`, or a record by its GUID. */
export type Disturb = (place: string, good: string) => Page;

/** A remote as a driver reads it. */
export interface Feed {
  type: string;
  /** Of the source's address. */
  path: string;
  /** Its records are documents of their own. */
  separate?: true;
  /** It has one record. */
  single?: true;
  /** Its listing has the GUIDs of the records, whatever becomes of the records themselves. */
  listsGuids?: true;
  /** How its report begins, where the listing is not one. */
  says?: RegExp;
  /** It has pages, or folders below. */
  paged?: true;
  /** Records of a page, as its driver asks for them. */
  pageSize: number;
  /** A record as it stands in the feed. */
  record(record: FeedRecord): string;
  serve(listing: Listing, disturb?: Disturb): DocumentServer['pages'];
}

export const asItIs: Disturb = (_place, good) => good;

/** A listing of these records, so many on a page. */
export function listingOf(records: readonly FeedRecord[], pageSize = Number.POSITIVE_INFINITY): Listing {
  const last = Math.max(1, Math.ceil(records.length / pageSize));
  return {
    page: (number) => records.slice((number - 1) * pageSize, number * pageSize),
    total: () => records.length,
    next: (number) => (number < last ? number + 1 : undefined),
  };
}

/** An answer for a request: pages may be told from each other only by what is asked. */
export const answering =
  (answer: (request: { url: URL; body: string }) => Page): Page =>
  (request, response) => {
    const page = answer(request);
    return typeof page === 'function' ? page(request, response) : page;
  };

export const missing: Page = { status: 404, body: 'Not found' };
