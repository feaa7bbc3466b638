import type { GatherContext, RecordDescriptor } from '../../driver.ts';
import { spatialDriver } from '../spatial/driver.ts';
import { fetchCswRecord } from './fetch.ts';
import { listRecords } from './listing.ts';
import { listedAs } from './renamed.repo.ts';
import { publicRecordUrl } from './requests.rules.ts';

/** A Catalogue Service for the Web, version 2.0.2, whose records are ISO 19139. */
export const cswDriver = spatialDriver({
  name: 'csw',
  title: 'CSW Server',
  description: "A server that implements OGC's Catalog Service for the Web (CSW) standard",
  gather: gatherCsw,
  fetch: fetchCswRecord,
  originalUrl: (source, object) => publicRecordUrl(source.url, object.extras[listedAs] ?? object.guid),
});

async function* gatherCsw(context: GatherContext): AsyncGenerator<RecordDescriptor> {
  const cql = context.config['cql'];
  for await (const records of listRecords(context, {
    ...(typeof cql === 'string' ? { cql } : {}),
    mayDelete: true,
  })) {
    const known = await context.known(records.map(({ guid }) => guid));
    for (const record of records)
      yield {
        ...record,
        extras: { ...record.extras, status: known.has(record.guid) ? 'change' : 'new' },
      };
  }
}
