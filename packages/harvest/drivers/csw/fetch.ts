import { type FetchedContent, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { CswFailure, fetchRecord } from './client.ts';
import { listedAs } from './renamed.repo.ts';
import type { SingleRecord } from './responses.ts';

/** Brings one record by the identifier that the listing has for it. @throws ObjectFailure */
export async function fetchCswRecord(context: ObjectContext): Promise<FetchedContent> {
  const { guid, extras } = context.object;
  const listed = extras[listedAs] ?? guid;
  let record: SingleRecord | undefined;
  try {
    record = await fetchRecord(context, listed);
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    throw new ObjectFailure(`Error getting the CSW record with GUID ${guid}: ${error.message}`, 'Fetch', {
      cause: error,
    });
  }
  if (record === undefined) throw new ObjectFailure(`Empty record for GUID ${guid}`, 'Fetch');
  const { content, identifier } = record;
  const renamed = identifier !== '' && identifier !== listed && extras[listedAs] === undefined;
  return {
    content,
    same: !renamed && (await context.isCurrent(content)),
    ...(renamed ? { extras: { [listedAs]: listed } } : {}),
  };
}
