import type { GatherContext, RecordDescriptor } from '../../driver.ts';
import { spatialDriver } from '../spatial/driver.ts';
import { fetchCswRecord } from './fetch.ts';
import { listRecords } from './listing.ts';
import { publicRecordUrl } from './requests.rules.ts';

/** A Catalogue Service for the Web, version 2.0.2, whose records are ISO 19139. */
export const cswDriver = spatialDriver({
  name: 'csw',
  title: 'CSW Server',
  description: "A server that implements OGC's Catalog Service for the Web (CSW) standard",
  gather: gatherCsw,
  fetch: fetchCswRecord,
  originalUrl: (source, object) => publicRecordUrl(source.url, object.guid),
});

async function* gatherCsw(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const cql = context.config['cql'];
  const pages = listRecords(context, typeof cql === 'string' ? cql : undefined);
  let page = await pages.next();
  while (!page.done) {
    const known = await context.known(page.value.map(({ id }) => id));
    for (const { id: guid, ...content } of page.value)
      yield { guid, ...content, extras: { status: known.has(guid) ? 'change' : 'new' } };
    page = await pages.next();
  }
  if (page.value.complete) context.deleteMissing();
  else
    await context.error(
      'The CSW server changed while it was read: not all of its records were seen, none is deleted',
    );
}
