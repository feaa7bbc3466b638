import { createHash } from 'node:crypto';
import { FetchError } from '@portolan/fetcher';
import {
  type FetchedContent,
  type GatherContext,
  GatherFailure,
  NoRecord,
  type ObjectContext,
  ObjectFailure,
  type RecordDescriptor,
} from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfListing } from '../../thread/limits.rules.ts';
import { readRecord, UnreadDocument } from '../spatial/read_document.ts';
import { folderOf } from '../waf/entries.rules.ts';
import { currentLocations } from '../waf/location.repo.ts';
import { readLinksLimited } from './links.ts';
import { isUnusable, NoGeminiRecord, readGeminiRecord } from './record.ts';

/** Links looked up in one statement. */
const batch = 500;

/**
 * The links of a folder, not of those below it. Which records they lead to is found out as they are read: until then one
 * that is new stands under a GUID of its address. It is one page: a listing that was interrupted is read again.
 */
export async function* listGeminiFolder(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { config, source, sql } = context;
  const { urls, ignored } = await linksOf(context, await readFolder(context));
  for (const [index, { name, because }] of ignored.entries())
    await context.error(`Ignoring link in WAF because it has "${because}": ${name}`, `link ${index}`);
  for (let from = 0; from < urls.length; from += batch) {
    const some = urls.slice(from, from + batch);
    const known = await currentLocations(sql, source.id, some, 'url');
    for (const url of some) {
      const guid = known.get(url)?.guid ?? createHash('md5').update(url).digest('hex');
      yield { guid, key: url, extras: { url } };
    }
  }
  context.onceRead({
    // What is missing stays, unless the source says otherwise: data.gov.uk withdraws such records by hand.
    deleteMissing: config['delete_missing'] === true,
    ifNone: "Couldn't find any links to metadata files",
  });
}

async function linksOf({ config, portal, source: { url } }: GatherContext, html: string) {
  try {
    const limits = limitsOfListing(portal, url, html.length);
    return await readLinksLimited(limits, html, { url, folder: folderOf(url) }, config);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    throw new GatherFailure(`Error extracting URLs from ${url}: ${error.message}`, { cause: error });
  }
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

/**
 * Reads the record that a link leads to. Two links may claim one GUID: the import finds that out and says which.
 * @throws NoRecord, in the words with which data.gov.uk's gathering tells of such links
 */
export async function fetchGeminiLink(context: ObjectContext): Promise<FetchedContent | 'unchanged'> {
  const { object } = context;
  const url = object.extras['url'];
  if (!url) throw new ObjectFailure(`No location defined for object ${object.id}`, 'Fetch');
  try {
    const read = await readRecord(context, url, { timeout: 20_000, guid: object.guid });
    if ('unchanged' in read) return 'unchanged';
    const { guid, content } = await readGeminiRecord(limitsOf(context, url), read.text);
    if (guid === '') throw new NoRecord([`Could not get the GUID for ${url}`], { unidentified: url });
    const { document } = read;
    const same = guid === object.guid && (await context.isCurrent(content));
    return { guid, content, same, ...(document ? { document } : {}) };
  } catch (error) {
    const errors = errorsOf(error, url);
    if (!errors) throw error;
    throw new NoRecord(errors, { cause: error });
  }
}

function errorsOf(error: unknown, url: string): string[] | undefined {
  if (error instanceof UnreadDocument) return [`Couldn't harvest WAF link: ${url}: ${reasonOf(error, url)}`];
  if (!isUnusable(error)) return undefined;
  return [
    ...(error instanceof NoGeminiRecord ? [error.message] : []),
    `Could not get GUID for source ${url}: ${error.message}`,
  ];
}

const limitsOf = ({ portal }: ObjectContext, url: string) => ({
  seconds: portal.maxDocumentSeconds,
  what: `Document ${url}`,
});

/** As data.gov.uk's harvester puts it. */
const reasonOf = ({ cause, message }: UnreadDocument, url: string): string =>
  cause instanceof FetchError && cause.status !== undefined
    ? `Request to ${url} failed with status code ${cause.status}`
    : message;
