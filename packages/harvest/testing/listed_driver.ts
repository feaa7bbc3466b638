import { type Driver, GatherFailure, ObjectFailure } from '../driver.ts';

export interface ListedRecord {
  guid: string;
  /** The listing gave no identifier. */
  unidentified?: string;
  title?: string;
  notes?: string;
  /** Import fails: the dataset does not validate, or the driver says so. */
  fails?: 'validation' | 'driver' | 'bug';
}

export interface Listing {
  records: ListedRecord[];
  pageSize: number;
  complete: boolean;
  /** Each record is a document of its own, of this version by its server. */
  etag?: string | undefined;
  /** The listing does not bring the records themselves. */
  fetched?: boolean;
  /** The listing breaks off before this record. */
  breaksAt?: number;
  /** Called before each record is yielded, before each is fetched and before each is mapped. */
  onGather?: (guid: string) => Promise<void> | void;
  onFetch?: (guid: string) => Promise<void> | void;
  onMap?: (guid: string) => Promise<void> | void;
}

/** A source whose records a test writes down. */
export function listedDriver(listing: Listing): Driver {
  return {
    name: 'listed',
    title: 'Listed',
    description: '',
    reimport: 'changed',
    validateConfig: (text) => text,
    async *gather(context) {
      const from = (context.cursor as number | undefined) ?? 0;
      for (const [index, record] of [...listing.records.entries()].slice(from)) {
        if (index === listing.breaksAt) throw new GatherFailure('The listing broke off');
        await listing.onGather?.(record.guid);
        yield {
          guid: record.guid,
          ...(listing.fetched ? { extras: { place: record.guid } } : contentOf(listing, record)),
          ...(record.unidentified ? { unidentified: record.unidentified } : {}),
        };
        if ((index + 1) % listing.pageSize === 0) await context.checkpoint(index + 1);
      }
      if (listing.complete) context.deleteMissing();
    },
    async fetch(context) {
      const { guid } = context.object;
      await listing.onFetch?.(guid);
      const record = listing.records.find((one) => one.guid === guid);
      if (!record) throw new ObjectFailure('No such record', 'Fetch');
      const known = await context.knownDocument(guid, guid);
      if (known?.etag && known.etag === listing.etag) return 'unchanged';
      const fetched = contentOf(listing, record);
      return { ...fetched, same: await context.isCurrent(fetched.content) };
    },
    async toDataset({ object }) {
      await listing.onMap?.(object.guid);
      const { title, notes, fails } = JSON.parse(object.content ?? '{}') as ListedRecord;
      if (fails === 'driver') throw new ObjectFailure('No good record', 'Validation');
      if (fails === 'bug') throw new TypeError('no such property');
      return {
        identity: 'derived',
        dataset: { title: title ?? object.guid, notes: notes ?? '', ...(fails ? { invalid: true } : {}) },
      };
    },
  };
}

const contentOf = ({ etag }: Listing, record: ListedRecord) => ({
  content: JSON.stringify(record),
  ...(etag ? { document: { url: record.guid, validators: { etag } } } : {}),
});
