import { spatialDriver } from '../spatial/driver.ts';
import { listedAs } from './renamed.repo.ts';
import { publicRecordUrl } from './requests.rules.ts';

/** A Catalogue Service for the Web, version 2.0.2, whose records are ISO 19139. */
export const cswDriver = spatialDriver({
  name: 'csw',
  title: 'CSW Server',
  description: "A server that implements OGC's Catalog Service for the Web (CSW) standard",
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherCsw(context);
  },
  fetch: async (context) => (await import('./fetch.ts')).fetchCswRecord(context),
  originalUrl: (source, object) => publicRecordUrl(source.url, object.extras[listedAs] ?? object.guid),
});
