import { type IndexDocument, parseFieldList, presentStored } from '@portolan/search';
import type { Site } from '../action/call.ts';

/** What the index holds of a dataset, by its id or name. */
export const indexEntry = (site: Site, reference: string): Promise<IndexDocument | undefined> =>
  site.search.find(site.db, reference);

/** The same as Solr shows a document, with the labels of who may see it. */
export async function shownEntry(
  site: Site,
  reference: string,
): Promise<Record<string, unknown> | undefined> {
  const entry = await indexEntry(site, reference);
  return (
    entry && {
      ...presentStored(entry.fields, parseFieldList('*'), undefined),
      permission_labels: entry.labels,
    }
  );
}

/** Takes one dataset out of the index, by its id or name; the dataset itself stays. */
export async function clearEntry(site: Site, reference: string): Promise<void> {
  const entry = await indexEntry(site, reference);
  if (entry) await site.db.transact((tx) => site.search.remove(tx, [entry.packageId]));
}

/** Empties the index: searches find nothing until it is built again. */
export const clearIndex = (site: Site): Promise<void> => site.db.transact((tx) => site.search.clear(tx));
