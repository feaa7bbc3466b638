import { limited } from '../../thread/limited.ts';
import { type Entries, entriesOf } from './entries.rules.ts';
import { type Dialect, looksLikeFolder, readListing } from './listing.rules.ts';

/** What a page of a folder lists; undefined for one that lists nothing and is no folder's. */
export const readEntries = (
  html: string,
  folder: string,
  dialect: Dialect,
  config: Record<string, unknown>,
): Entries | undefined => {
  const entries = entriesOf(readListing(html, dialect), folder, dialect, config);
  const isEmpty = entries.records.length + entries.folders.length === 0;
  return isEmpty && !looksLikeFolder(html) ? undefined : entries;
};

export const readEntriesLimited = limited(import.meta.url, readEntries);
