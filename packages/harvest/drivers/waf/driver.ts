import { type ObjectContext, ObjectFailure } from '../../driver.ts';
import { spatialDriver } from '../spatial/driver.ts';
import { asContent, readRecord, UnreadDocument } from '../spatial/read_document.ts';
import { gatherFolder } from './gather.ts';

/** A folder of ISO 19139 documents that a web server lists. */
export const wafDriver = spatialDriver({
  name: 'waf',
  title: 'Web Accessible Folder (WAF)',
  description: 'A Web Accessible Folder (WAF) displaying a list of spatial metadata documents',
  gather: gatherFolder,
  async fetch(context: ObjectContext) {
    const { object } = context;
    const url = object.extras['waf_location'];
    if (!url) throw new ObjectFailure(`No location defined for object ${object.id}`, 'Fetch');
    try {
      const read = await readRecord(context, url, { guid: object.guid });
      return 'unchanged' in read ? 'unchanged' : asContent(read);
    } catch (error) {
      if (!(error instanceof UnreadDocument)) throw error;
      throw new ObjectFailure(`Could not harvest WAF link ${url}: ${error.message}`, 'Fetch', {
        cause: error,
      });
    }
  },
  originalUrl: (_source, object) => object.extras['waf_location'],
});
