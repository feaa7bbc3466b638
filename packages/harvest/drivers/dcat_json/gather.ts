import { createHash } from 'node:crypto';
import { FetchError } from '@portolan/fetcher';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { fetchMessage } from '../fetch_message.rules.ts';

type Json = Record<string, unknown>;

/**
 * Pages of a data.json: the document itself, then `page=2`, `page=3` … until one is missing, empty, or repeats
 * the one before it. Records that no page held are gone.
 */
export async function* gatherDcatJson(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const from = typeof context.cursor === 'number' ? context.cursor : 1;
  let previous: string | undefined;
  for (let page = from; ; page++) {
    const text = await read(context, pageUrl(context.source.url, page), page);
    if (text === undefined) break;
    const records = parse(text, page).map(descriptor);
    const identity = createHash('sha256')
      .update(JSON.stringify(records.map(({ guid }) => guid)))
      .digest('hex');
    if (records.length === 0 || identity === previous) break;
    previous = identity;
    for (let at = 0; at < records.length; at += 500) {
      const part = records.slice(at, at + 500);
      const known = await context.known(part.map(({ guid }) => guid));
      for (const record of part)
        yield { ...record, extras: { status: known.has(record.guid) ? 'change' : 'new' } };
    }
    await context.checkpoint(page + 1);
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

function parse(text: string, page: number): Json[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new GatherFailure(`Error parsing file: ${error instanceof Error ? error.message : page}`, {
      cause: error,
    });
  }
  const datasets = Array.isArray(document) ? document : (document as { dataset?: unknown } | null)?.dataset;
  if (!Array.isArray(datasets)) throw new GatherFailure('Error parsing file: Wrong JSON object');
  return datasets.filter(
    (one): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
}

function descriptor(record: Json): RecordDescriptor {
  const content = pythonJson(record);
  const { identifier, modified } = record;
  const named = typeof identifier === 'string' || typeof identifier === 'number' ? String(identifier) : '';
  return {
    guid: named || createHash('sha1').update(content).digest('hex'),
    content,
    ...(named ? {} : { unidentified: typeof record['title'] === 'string' ? record['title'] : content }),
    ...(typeof modified === 'string' ? { remoteModified: modified } : {}),
  };
}
