import { type FetchedContent, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { CswFailure, fetchRecord } from './client.ts';

/** Brings one record by its identifier. @throws ObjectFailure */
export async function fetchCswRecord(context: ObjectContext): Promise<FetchedContent> {
  const { guid } = context.object;
  let content: string | undefined;
  try {
    content = await fetchRecord(context, guid);
  } catch (error) {
    if (!(error instanceof CswFailure)) throw error;
    throw new ObjectFailure(`Error getting the CSW record with GUID ${guid}: ${error.message}`, 'Fetch', {
      cause: error,
    });
  }
  if (content === undefined) throw new ObjectFailure(`Empty record for GUID ${guid}`, 'Fetch');
  return { content };
}
