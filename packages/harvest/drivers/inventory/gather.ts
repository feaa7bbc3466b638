import { FetchError } from '@portolan/fetcher';
import { decodeXml } from '@portolan/metadata';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { currentObjects } from '../../object/object.repo.ts';
import { TooMuchWork } from '../../thread/limited.ts';
import { limitsOfListing } from '../../thread/limits.rules.ts';
import { type ReadInventory, readInventoryLimited } from './read.ts';

/**
 * The datasets of the one document that have changed since they were last imported, by the later of their own and
 * the document's date. Those that vanish from it stay.
 */
export async function* gatherInventory(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { source, sql } = context;
  const { datasets, odd } = await parse(context, await read(context));
  for (const dataset of datasets) {
    if ('duplicate' in dataset) {
      context.finding('duplicate', dataset.duplicate);
      await context.error(`Dataset with duplicate identifier "${dataset.duplicate}" - discarding`);
      continue;
    }
    const { guid, content, modified } = dataset;
    const [current] = await currentObjects(sql, source.id, [guid]);
    if (current?.remote_modified && modified && current.remote_modified >= modified) continue;
    yield {
      guid,
      content,
      extras: { status: current ? 'changed' : 'new', ...(modified ? { modified } : {}) },
      ...(modified ? { remoteModified: modified } : {}),
    };
  }
  if (odd !== undefined) await context.error(`Warning: the document is not as inventories should be: ${odd}`);
}

/** @throws GatherFailure */
async function parse(
  { portal, source }: GatherContext,
  text: string,
): Promise<Extract<ReadInventory, { datasets: unknown }>> {
  const failed = (message: string, cause?: unknown) =>
    new GatherFailure(`Failed to parse or validate the XML document: ${message}`, { cause });
  try {
    const read = await readInventoryLimited(limitsOfListing(portal, source.url, text.length), text);
    if ('malformed' in read) throw failed(`XMLSyntaxError ${read.malformed}`);
    return read;
  } catch (error) {
    if (error instanceof TooMuchWork) throw failed(error.message, error);
    throw error;
  }
}

async function read({ readListing, signal, source }: GatherContext): Promise<string> {
  try {
    const { bytes, headers } = await readListing(source.url, { signal });
    return decodeXml(bytes, headers['content-type']);
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    throw new GatherFailure(
      `Failed to get content from URL: ${source.url} Error:${error.kind} ${error.message}`,
      { cause: error },
    );
  }
}
