import { spatialDriver } from '../spatial/driver.ts';

/** A folder of ISO 19139 documents that a web server lists. */
export const wafDriver = spatialDriver({
  name: 'waf',
  title: 'Web Accessible Folder (WAF)',
  description: 'A Web Accessible Folder (WAF) displaying a list of spatial metadata documents',
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherFolder(context);
  },
  fetch: async (context) => (await import('./fetch.ts')).fetchFromFolder(context),
  originalUrl: (_source, object) => object.extras['waf_location'],
});
