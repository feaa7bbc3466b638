import type { HarvestingPortal, ObjectContext } from '../driver.ts';
import type { Limits } from './limited.ts';

/** What reading a record may take. */
export const limitsOfRecord = ({ object, portal }: Pick<ObjectContext, 'object' | 'portal'>): Limits => ({
  seconds: portal.maxDocumentSeconds,
  what: `Record ${object.guid}`,
});

/** What reading a listing may take, which holds many records: as much for each ten megabytes. */
export const limitsOfListing = (
  portal: Pick<HarvestingPortal, 'maxDocumentSeconds'>,
  url: string,
  characters: number,
): Limits => ({
  seconds: portal.maxDocumentSeconds * Math.ceil(Math.max(characters, 1) / (10 * 2 ** 20)),
  what: `Document ${url}`,
});
