import type { Sql } from '@portolan/db';
import { FetchError, type Fetcher } from '@portolan/fetcher';
import type { Driver, GatherContext, RecordDescriptor } from '../driver.ts';
import type { JobRow } from '../job/job.repo.ts';
import { parsedConfig, type Source } from '../source/source.repo.ts';
import { currentGuids, keepListing, type ListedDocument, lastListing } from './listing.repo.ts';
import { madeFor, validatorsOf } from './validators.rules.ts';

/** The first document of the listing is what it was. */
class FirstUnchanged extends Error {}

interface Listing {
  sql: Sql;
  fetcher: Fetcher;
  signal: AbortSignal;
  job: JobRow;
  source: Source;
  driver: Driver;
  /** Takes note of a document of the listing, before the records that are read from it. */
  listed(document: ListedDocument): void;
}

/** Whether documents of the source are asked for on condition at all. */
export const mayAskOnCondition = (source: Source): boolean =>
  parsedConfig(source)['conditional_requests'] !== false;

/**
 * What the source lists. Its documents are asked for on the condition that they have changed since the last job, if
 * that took everything: where the source says of each that it has not, all records are as they were. As soon as one has
 * changed, all are read.
 * @param options.anew everything is read, whatever is remembered
 * @param gather the driver's gathering, with the reader of listings that it is to use
 */
export async function* listRecords(
  listing: Listing,
  options: { anew: boolean },
  gather: (readListing: GatherContext['readListing']) => AsyncIterable<RecordDescriptor>,
): AsyncGenerator<RecordDescriptor> {
  const { sql, job, source, driver } = listing;
  // Where every record is imported anyway, that also brings back a dataset that was deleted here.
  const allActive = driver.reimport === 'always';
  const last =
    options.anew || !mayAskOnCondition(source)
      ? []
      : await lastListing(sql, job, madeFor(source), { allActive });
  const [first] = last.every(isTold) ? last : [];
  if (first) {
    try {
      yield* gather(reader(listing, first));
      return;
    } catch (error) {
      if (!(error instanceof FirstUnchanged)) throw error;
    }
    if (await areUnchanged(listing, last.slice(1))) {
      await keepListing(sql, job.id, first.jobId);
      if (driver.listsChangesOnly) return;
      for await (const guid of currentGuids(sql, source.id)) yield { guid, unchanged: true };
      return;
    }
  }
  yield* gather(reader(listing, undefined));
}

const isTold = ({ missing, validators }: ListedDocument): boolean => missing || validators !== undefined;

/** @param first asked for on condition, if the driver begins with it */
function reader(
  { fetcher, listed }: Listing,
  first: ListedDocument | undefined,
): GatherContext['readListing'] {
  let asked = false;
  return async (url, request) => {
    const condition = !asked && first?.url === url ? first.validators : undefined;
    asked = true;
    try {
      const document = await fetcher.read(url, { ...request, ...condition });
      if (condition && document.notModified) throw new FirstUnchanged();
      listed({ url, missing: false, validators: validatorsOf(document.headers) });
      return document;
    } catch (error) {
      if (isMissing(error)) listed({ url, missing: true, validators: undefined });
      throw error;
    }
  };
}

const isMissing = (error: unknown): boolean => error instanceof FetchError && error.status === 404;

async function areUnchanged(
  { fetcher, signal }: Listing,
  documents: readonly ListedDocument[],
): Promise<boolean> {
  for (const { url, missing, validators } of documents) {
    try {
      const answer = await fetcher.fetch(url, { signal, ...validators });
      answer.discard();
      if (missing ? answer.status !== 404 : !answer.notModified) return false;
    } catch (error) {
      // The gathering itself tells what is wrong, if it still is.
      if (!(error instanceof FetchError)) throw error;
      return false;
    }
  }
  return true;
}
