import { createHash } from 'node:crypto';
import { FetchError } from '@portolan/fetcher';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { tooDeep } from '../../text/remote_json.rules.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfListing } from '../../thread/limits.rules.ts';
import { fetchMessage } from '../fetch_message.rules.ts';
import { type ReadPage, readDataJsonLimited } from './read.ts';

/**
 * Pages of a data.json: the document itself, then `page=2`, `page=3` … until one is missing, empty, repeats the one
 * before it, or has no record that was not there before. Records that no page held are gone.
 */
export async function* gatherDcatJson(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const from = typeof context.cursor === 'number' ? context.cursor : 1;
  let previous: string | undefined;
  for (let page = from; ; page++) {
    const url = pageUrl(context.source.url, page);
    const text = await read(context, url, page);
    if (text === undefined) break;
    const { records, deep } = await parse(context, url, text);
    const identity = createHash('sha256')
      .update(JSON.stringify(records.map(({ guid }) => guid)))
      .digest('hex');
    if (records.length + deep.length === 0 || identity === previous) break;
    previous = identity;
    for (const guid of deep) await context.error(tooDeep(guid), `deep ${page} ${guid}`);
    for (let at = 0; at < records.length; at += 500) {
      const part = records.slice(at, at + 500);
      const known = await context.known(part.map(({ guid }) => guid));
      for (const record of part)
        yield { ...record, extras: { status: known.has(record.guid) ? 'change' : 'new' } };
    }
    const { added } = await context.checkpoint(page + 1);
    // A page that is read again after a crash brings nothing new although there may be more.
    if (added === 0 && page > from) break;
  }
  context.deleteMissing();
}

/** Page 2 and on by a parameter, without disturbing the address as it was entered. */
export const pageUrl = (url: string, page: number): string =>
  page === 1 ? url : `${url}${url.includes('?') ? '&' : '?'}page=${page}`;

async function read(
  { readListing, signal }: GatherContext,
  url: string,
  page: number,
): Promise<string | undefined> {
  try {
    return (await readListing(url, { signal })).text();
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    if (error.status === 404 && page > 1) return undefined;
    throw new GatherFailure(fetchMessage(error, url), { cause: error });
  }
}

/** @throws GatherFailure */
async function parse(
  context: GatherContext,
  url: string,
  text: string,
): Promise<Extract<ReadPage, { records: unknown }>> {
  let page: ReadPage;
  try {
    page = await readDataJsonLimited(limitsOfListing(context.portal, url, text.length), text);
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    page = { wrong: error.message };
  }
  if ('wrong' in page) throw new GatherFailure(`Error parsing file: ${page.wrong}`);
  return page;
}
