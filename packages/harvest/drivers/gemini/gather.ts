import { FetchError } from '@portolan/fetcher';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { mayLeadTo } from '../../source/manners.rules.ts';
import { listRecords } from '../csw/listing.ts';
import { readRecord, UnreadDocument } from '../spatial/read_document.ts';
import { folderOf } from '../waf/entries.rules.ts';
import { folderLinks } from './links.rules.ts';
import { isUnusable, NoGeminiRecord, readGeminiRecord } from './record.ts';

/** What is missing stays, unless the source says otherwise: data.gov.uk withdraws such records by hand. */
const endListing = (context: GatherContext): void => {
  if (context.config['delete_missing'] === true) context.deleteMissing();
};

/** Records that come without their content are fetched one by one. */
export async function* gatherGeminiCsw(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const mayDelete = context.config['delete_missing'] === true;
  for await (const records of listRecords(context, { mayDelete })) yield* records;
}

/** The records of a folder, not of those below it, read one after the other. */
export async function* gatherGeminiFolder(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { config, source } = context;
  const { urls, ignored } = folderLinks(
    await readFolder(context),
    folderOf(source.url),
    (url) => config['follow_paths'] === true && mayLeadTo(url, source.url, config),
  );
  for (const { name, because } of ignored)
    await context.error(`Ignoring link in WAF because it has "${because}": ${name}`);
  let found = 0;
  const done = (context.cursor as { names: number } | null | undefined)?.names ?? 0;
  for (const [index, url] of urls.entries()) {
    if (index < done) continue;
    const record = await readLink(context, url);
    if (record) {
      found++;
      yield record;
    }
    if (index % 50 === 49) await context.checkpoint({ names: index + 1 });
  }
  if (found === 0 && done === 0) await context.error("Couldn't find any links to metadata files");
  endListing(context);
}

async function readFolder({ fetcher, signal, source }: GatherContext): Promise<string> {
  try {
    return (await fetcher.read(source.url, { signal, timeout: 60_000 })).text();
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new GatherFailure(`Unable to get content for URL: ${source.url}: ${error.message}`, {
      cause: error,
    });
  }
}

/** @returns undefined for what is no record, after noting why */
async function readLink(context: GatherContext, url: string): Promise<RecordDescriptor | undefined> {
  try {
    const read = await readRecord(context, url, { timeout: 20_000 });
    if ('unchanged' in read) return { guid: read.unchanged, key: url, unchanged: true };
    const { guid, content } = await readGeminiRecord(limitsOf(context, url), read.text);
    // Two links may claim one GUID; the import finds that out and says which.
    if (guid !== '')
      return {
        guid,
        key: url,
        content,
        extras: { url },
        ...(read.document ? { document: read.document } : {}),
      };
    context.finding('unidentified', url);
    await context.error(`Could not get the GUID for ${url}`);
  } catch (error) {
    if (error instanceof UnreadDocument)
      await context.error(`Couldn't harvest WAF link: ${url}: ${reasonOf(error, url)}`);
    else if (isUnusable(error)) {
      if (error instanceof NoGeminiRecord) await context.error(error.message);
      await context.error(`Could not get GUID for source ${url}: ${error.message}`);
    } else throw error;
  }
  return undefined;
}

const limitsOf = ({ portal }: GatherContext, url: string) => ({
  seconds: portal.maxDocumentSeconds,
  what: `Document ${url}`,
});

/** As data.gov.uk's harvester puts it. */
const reasonOf = ({ cause, message }: UnreadDocument, url: string): string =>
  cause instanceof FetchError && cause.status !== undefined
    ? `Request to ${url} failed with status code ${cause.status}`
    : message;

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
