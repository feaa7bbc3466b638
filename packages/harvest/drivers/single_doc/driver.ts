import { spatialDriver } from '../spatial/driver.ts';

/** One document, whose address is the source's. It is never deleted. */
export const singleDocDriver = spatialDriver({
  name: 'single-doc',
  title: 'Single spatial metadata document',
  description: 'A single spatial metadata document',
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherDocument(context);
  },
  originalUrl: (source) => source.url,
});
