import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { listRecords } from '../csw/listing.ts';
import { readRecord, UnreadDocument } from '../spatial/read_document.ts';
import { isUnusable, readGeminiRecord } from './record.ts';

/** Records that come without their content are fetched one by one. */
export async function* gatherGeminiCsw(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const mayDelete = context.config['delete_missing'] === true;
  for await (const records of listRecords(context, { mayDelete })) yield* records;
}

const limitsOf = ({ portal }: GatherContext, url: string) => ({
  seconds: portal.maxDocumentSeconds,
  what: `Document ${url}`,
});

/** The one document at the source's address. */
export async function* gatherGeminiDocument(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { url } = context.source;
  try {
    const read = await readRecord(context, url);
    if ('unchanged' in read) {
      yield { guid: read.unchanged, unchanged: true };
      return;
    }
    const { guid, content } = await readGeminiRecord(limitsOf(context, url), read.text);
    if (guid === '') throw new GatherFailure(`Could not get the GUID for source ${url}`);
    yield { guid, content, extras: { url }, ...(read.document ? { document: read.document } : {}) };
  } catch (error) {
    if (error instanceof UnreadDocument)
      throw new GatherFailure(`Unable to get content for URL: ${url}: ${error.message}`, { cause: error });
    if (!isUnusable(error)) throw error;
    throw new GatherFailure(
      `Error parsing the document. Is this a valid Gemini document?: ${url} [${error.message}]`,
      { cause: error },
    );
  }
}
