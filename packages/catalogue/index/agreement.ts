import { rowDigests, writingOf } from '@portolan/db';
import type { Site } from '../action/call.ts';
import { formsOf } from './differences.ts';

/** Milliseconds after which everything is compared again, whether it was written or not. */
const trusted = 3_600_000;

// The tables of `portolan.dataset_hash`, and the stored documents. Rows that are deleted by their state may be among
// them: a bucket too many is compared then.
const sources = [
  `SELECT p.id AS key, ${writingOf('p', 'o')} AS writing FROM package p LEFT JOIN "group" o ON o.id = p.owner_org`,
  `SELECT e.package_id AS key, ${writingOf('e')} AS writing FROM package_extra e`,
  `SELECT r.package_id AS key, ${writingOf('r')} AS writing FROM resource r`,
  `SELECT pt.package_id AS key, ${writingOf('pt', 't', 'v')} AS writing
   FROM package_tag pt JOIN tag t ON t.id = pt.tag_id LEFT JOIN vocabulary v ON v.id = t.vocabulary_id`,
  `SELECT m.table_id AS key, ${writingOf('m', 'g')} AS writing
   FROM member m JOIN "group" g ON g.id = m.group_id WHERE m.table_name = 'package'`,
  `SELECT s.subject_package_id AS key, ${writingOf('s')} AS writing FROM package_relationship s
   UNION ALL SELECT s.object_package_id, ${writingOf('s')} FROM package_relationship s`,
  `SELECT h.package_id AS key, ${writingOf('h', 'hs')} AS writing
   FROM harvest_object h LEFT JOIN harvest_source hs ON hs.id = h.harvest_source_id WHERE h.current`,
  `SELECT c.package_id AS key, ${writingOf('c')} AS writing FROM package_member c`,
  `SELECT d.package_id AS key, ${writingOf('d')} AS writing FROM portolan.dataset_document d`,
];

type Digests = Map<number, string[]>;

/**
 * Which datasets were found to agree in rows, document and index entry, by buckets, and by what one sees that nobody
 * has written to them since. Known to one process, which begins with nothing.
 */
export class Agreement {
  #agreed = new Map<number, string>();
  #forms = '';
  /** When all were compared last. */
  #whole = Number.NEGATIVE_INFINITY;
  #looked = new Map<number, string>();

  /**
   * Before a comparison. `pace` is awaited between statements and answers whether to go on.
   * @returns the buckets that have to be compared; undefined: all
   */
  async begin(site: Site, pace: () => Promise<boolean>): Promise<number[] | undefined> {
    const forms = JSON.stringify(await formsOf(site));
    const now = site.runtime.now();
    if (forms !== this.#forms || now - this.#whole > trusted) {
      this.#agreed.clear();
      this.#whole = now;
    }
    this.#forms = forms;
    this.#looked = await look(site, pace);
    const touched = [...this.#looked].flatMap(([bucket, digest]) =>
      this.#agreed.get(bucket) === digest ? [] : [bucket],
    );
    const isWhole = this.#agreed.size === 0;
    // Until the comparison is over nothing is known of them.
    for (const bucket of touched) this.#agreed.delete(bucket);
    return isWhole ? undefined : touched;
  }

  /** After it: what was looked at before it agrees, but for these buckets. */
  end(unsettled: ReadonlySet<number>): void {
    for (const [bucket, digest] of this.#looked) if (!unsettled.has(bucket)) this.#agreed.set(bucket, digest);
  }
}

async function look(site: Site, pace: () => Promise<boolean>): Promise<Map<number, string>> {
  const digests: Digests = new Map();
  const all = [
    ...sources.map((source) => () => rowDigests(site.db, source)),
    () => site.search.digests(site.db),
  ];
  for (const [index, digestsOf] of all.entries()) {
    for (const [bucket, digest] of await digestsOf()) {
      const parts = digests.get(bucket) ?? [];
      parts[index] = digest;
      digests.set(bucket, parts);
    }
    if (!(await pace())) break;
  }
  return new Map([...digests].map(([bucket, parts]) => [bucket, parts.join()]));
}
