import { createHash } from 'node:crypto';
import { type GatherContext, GatherFailure, type RecordDescriptor } from '../../driver.ts';
import { asContent, readRecord, UnreadDocument } from '../spatial/read_document.ts';

/** Reads the document; it is the record of its source whatever GUID it tells. */
export async function* gatherDocument(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const { source, sql } = context;
  const [current] = await sql.rows<{ guid: string }>(
    `SELECT guid FROM harvest_object WHERE harvest_source_id = $1 AND current ORDER BY import_finished DESC LIMIT 1`,
    [source.id],
  );
  const found = await read(context, current?.guid);
  if ('unchanged' in found) {
    yield { guid: found.unchanged, unchanged: true };
    return;
  }
  const { content, extras, document } = asContent(found);
  yield {
    guid: current?.guid ?? createHash('md5').update(source.url).digest('hex'),
    ...(content === null ? {} : { content }),
    ...(document ? { document } : {}),
    extras: { doc_location: source.url, status: current ? 'change' : 'new', ...extras },
  };
}

async function read(context: GatherContext, guid: string | undefined): ReturnType<typeof readRecord> {
  const { url } = context.source;
  try {
    return await readRecord(context, url, { guid });
  } catch (error) {
    if (!(error instanceof UnreadDocument)) throw error;
    throw new GatherFailure(`Unable to get content for URL: ${url}: ${error.message}`, { cause: error });
  }
}
