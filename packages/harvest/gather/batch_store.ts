import type { ListedDocument } from '../conditional/listing.repo.ts';
import type { RecordDescriptor } from '../driver.ts';
import type { FindingKind } from '../health/finding.repo.ts';
import type { HarvestSite } from '../site.ts';
import { type Batch, type Cursor, type Gathering, objectId, storeBatch, storedIds } from './batch.ts';

/** What is kept in memory at most: so many records, so much content, or what has come in so long. */
const limits = { records: 1000, characters: 16 * 2 ** 20, milliseconds: 5000 };

/** Collects what a listing brings and stores it a batch at a time, whatever the size of the listing's pages. */
export interface BatchStore {
  /** Records of the listing so far. */
  readonly position: number;
  add(record: RecordDescriptor): Promise<void>;
  finding(kind: FindingKind, record: string): void;
  /** Records that come next are read from this document. */
  listed(document: ListedDocument): void;
  /**
   * The listing may be taken up at `cursor`, once what it has brought until now is stored.
   * @returns how many of the records since the last checkpoint are new to the job
   */
  checkpoint(cursor: unknown): Promise<number>;
  /** Stores everything: the listing was read to its end. */
  flush(): Promise<void>;
  /** Stores what came before the last checkpoint: the listing was cut short, and is taken up there. */
  keep(): Promise<void>;
}

/** @param position records of the listing up to where it is taken up */
export function batchStore(site: HarvestSite, gathering: Gathering, position: number): BatchStore {
  let records: Batch['records'] = [];
  let findings: Batch['findings'] = [];
  let listed: Batch['listed'] = [];
  let reached = position;
  let cursor: Cursor | undefined;
  let characters = 0;
  let stored = site.runtime.now();
  /** Records of the batch that the last checkpoint has counted. */
  let counted = 0;
  let added = 0;

  const idsOf = (some: Batch['records']) => some.map((record) => objectId(gathering, record));
  async function flush(): Promise<void> {
    const batch = { records, findings, listed, position: reached };
    const at = cursor;
    const uncounted = idsOf(records.slice(counted));
    // All is taken before the first wait: should storing fail, nothing may store the cursor without the records.
    [records, findings, listed, cursor, characters, counted] = [[], [], [], undefined, 0, 0];
    stored = site.runtime.now();
    if (batch.records.length + batch.findings.length + batch.listed.length === 0 && !at) return;
    const fresh = await storeBatch(site, gathering, batch, at);
    added += new Set(uncounted.filter((id) => fresh.has(id))).size;
  }

  return {
    get position() {
      return reached;
    },
    flush,
    async keep() {
      const end = cursor?.position ?? 0;
      records = records.filter((record) => record.position <= end);
      findings = findings.filter((finding) => finding.position <= end);
      reached = end;
      if (cursor) await flush();
    },
    async add(record) {
      records.push({ ...record, position: ++reached });
      characters += record.content?.length ?? 0;
      if (records.length + findings.length >= limits.records || characters >= limits.characters)
        await flush();
    },
    finding: (kind, record) => void findings.push({ kind, record, position: ++reached }),
    listed: (document) => void listed.push(document),
    async checkpoint(value) {
      const ids = idsOf(records);
      const since = [...new Set(ids.slice(counted))];
      const there = new Set([...ids.slice(0, counted), ...(await storedIds(site.db, since))]);
      const sum = added + since.filter((id) => !there.has(id)).length;
      added = 0;
      counted = records.length;
      cursor = { value, position: reached };
      if (site.runtime.now() - stored >= limits.milliseconds) await flush();
      return sum;
    },
  };
}
