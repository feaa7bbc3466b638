import { createHash } from 'node:crypto';
import { FetchError } from '@portolan/fetcher';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfListing } from '../../thread/limits.rules.ts';
import { type Entries, folderOf } from './entries.rules.ts';
import { dialectOf } from './listing.rules.ts';
import { currentLocations } from './location.repo.ts';
import { readEntriesLimited } from './read.ts';

/** Folders inside each other that are followed. */
const deepest = 10;
/** Folders in all. */
const mostFolders = 10_000;
/** Records looked up in one statement. */
const batch = 500;

/** The answer is something else than a folder's page. */
class NoFolder extends Error {}

/** Where an interrupted gathering had got to. */
interface Cursor {
  /** Folders that are still to be read, the next one last. */
  folders: { url: string; depth: number }[];
  /** All that have been met. */
  met: string[];
}

/**
 * The records of a folder and of those below it. One that the listing says is not newer is not fetched again. A
 * folder that cannot be read is an error of the job, so that nothing is taken for deleted.
 */
export async function* gatherFolder(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const root = context.source.url;
  const cursor = context.cursor as Cursor | null | undefined;
  const seen = new Set<string>();
  const met = new Set(cursor?.met ?? [folderOf(root)]);
  const folders = [...(cursor?.folders ?? [{ url: root, depth: 0 }])];
  for (let next = folders.pop(); next; next = folders.pop()) {
    const { url, depth } = next;
    const entries = await read(context, url, depth === 0);
    if (!entries) continue;
    const fresh = entries.records.filter((record) => !seen.has(record.url) && seen.add(record.url));
    for (let from = 0; from < fresh.length; from += batch)
      yield* described(context, fresh.slice(from, from + batch));
    // The last one is read first: the first below the others.
    for (const below of entries.folders.reverse())
      if (depth < deepest && !met.has(below)) folders.push({ url: below, depth: depth + 1 });
    for (const below of entries.folders) met.add(below);
    if (met.size > mostFolders) throw new GatherFailure(`More than ${mostFolders} folders below ${root}`);
    // Copies: they may be stored later, and the listing has gone on by then.
    await context.checkpoint({ folders: [...folders], met: [...met] } satisfies Cursor);
  }
  context.deleteMissing();
}

/** @returns undefined when a folder other than the source's own cannot be read @throws GatherFailure */
async function read(context: GatherContext, url: string, isRoot: boolean): Promise<Entries | undefined> {
  try {
    const page = await context.fetcher.read(url, { signal: context.signal, timeout: 60_000 });
    const dialect = dialectOf(page.headers['server']);
    const html = page.text();
    const limits = limitsOfListing(context.portal, url, html.length);
    const entries = await readEntriesLimited(limits, html, folderOf(url), dialect, context.config);
    if (!entries) throw new NoFolder('it lists nothing, and is no page of a folder');
    return entries;
  } catch (error) {
    if (![FetchError, TooMuchWork, NoFolder].some((kind) => error instanceof kind)) throw error;
    const message =
      error instanceof FetchError
        ? `Unable to get content for URL: ${url}: ${error.message}`
        : `Error extracting URLs from ${url}, error was ${(error as Error).message}`;
    if (isRoot) throw new GatherFailure(message, { cause: error });
    await context.error(message);
    return undefined;
  }
}

async function* described(
  { source, sql }: GatherContext,
  records: Entries['records'],
): AsyncGenerator<RecordDescriptor> {
  const known = await currentLocations(
    sql,
    source.id,
    records.map(({ url }) => url),
  );
  for (const { url, modified } of records) {
    const current = known.get(url);
    const extras = { waf_location: url, ...(modified ? { waf_modified_date: modified } : {}) };
    if (!current)
      yield { guid: createHash('md5').update(url).digest('hex'), extras: { ...extras, status: 'new' } };
    else if (modified && current.modified && modified <= current.modified)
      yield { guid: current.guid, unchanged: true };
    else yield { guid: current.guid, key: url, extras: { ...extras, status: 'change' } };
  }
}
