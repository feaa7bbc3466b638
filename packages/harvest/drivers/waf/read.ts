import { limited } from '../../thread/limited.ts';
import { type Entries, entriesOf } from './entries.rules.ts';
import { type Dialect, readListing } from './listing.rules.ts';

/** What a page of a folder lists. */
export const readEntries = (
  html: string,
  folder: string,
  dialect: Dialect,
  config: Record<string, unknown>,
): Entries => entriesOf(readListing(html, dialect), folder, dialect, config);

export const readEntriesLimited = limited(import.meta.url, readEntries);
