import { type FetchedContent, type ObjectContext, ObjectFailure } from '../../driver.ts';
import { asContent, readRecord, UnreadDocument } from '../spatial/read_document.ts';

/** Reads one document of the folder. @throws ObjectFailure */
export async function fetchFromFolder(context: ObjectContext): Promise<FetchedContent | 'unchanged'> {
  const { object } = context;
  const url = object.extras['waf_location'];
  if (!url) throw new ObjectFailure(`No location defined for object ${object.id}`, 'Fetch');
  try {
    const read = await readRecord(context, url, { guid: object.guid });
    if ('unchanged' in read) return 'unchanged';
    const fetched = asContent(read);
    // A date that the listing has for it is to be remembered, whatever the document says.
    const dated = object.extras['waf_modified_date'] !== undefined;
    return { ...fetched, same: !dated && (await context.isCurrent(fetched.content)) };
  } catch (error) {
    if (!(error instanceof UnreadDocument)) throw error;
    throw new ObjectFailure(`Could not harvest WAF link ${url}: ${error.message}`, 'Fetch', {
      cause: error,
    });
  }
}
