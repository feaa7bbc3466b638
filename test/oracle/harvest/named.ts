import { readFileSync } from 'node:fs';
import type { RecordOutcome } from './differences.ts';
import type { Outcome } from './harvested.ts';

/** What both servers made of a record. */
export interface Pair {
  theirs: RecordOutcome | undefined;
  ours: RecordOutcome | undefined;
  /** What the first server made of it the last time that it saw it; `gone` where that was not the last run. */
  before?: string | undefined;
}

/** A difference that is decided: a row of docs/compatibility.md. */
interface Deviation {
  /** How the row begins. */
  row: string;
  /** `source_type` of the sources that it is about; all without. */
  types?: readonly string[];
  /** Both without it, or undefined where it is not this. */
  take(pair: Pair): Pair | undefined;
}

const alike: Pair = { theirs: undefined, ours: undefined };
const statuses = ({ theirs, ours }: Pair) => `${theirs?.report_status} ${ours?.report_status}`;
const messages = (one: RecordOutcome | undefined) => JSON.stringify(one?.errors ?? []);

/** Nothing else of the record is compared when it is `is`. */
const whole = (row: string, is: (pair: Pair) => boolean, types?: readonly string[]): Deviation => ({
  row,
  ...(types ? { types } : {}),
  take: (pair) => (is(pair) ? alike : undefined),
});

/** A new resource has them guessed, one that is known has not. */
const withoutGuesses = (one: RecordOutcome): RecordOutcome => ({
  ...one,
  dataset: one.dataset && {
    ...one.dataset,
    resources: (one.dataset.resources ?? []).map(({ mimetype: _type, format: _format, ...rest }) => rest),
  },
});

const withoutDataset = (one: RecordOutcome): RecordOutcome => ({ ...one, dataset: null, owner: null });

/** A dataset that was not made, or not found again, after its record had failed. */
const failedBefore = ({ theirs, ours, before }: Pair): Pair | undefined =>
  theirs && ours && before === 'errored' && statuses({ theirs, ours }) === 'added updated'
    ? { theirs: withoutGuesses(theirs), ours: withoutGuesses({ ...ours, report_status: 'added' }) }
    : undefined;

/** Errors of a listing that one has and the other has not. */
const gatherDeviations: readonly { row: string; types?: readonly string[]; is: RegExp }[] = [
  { row: 'WAF or CSW without changes', is: /^No records to change$/ },
  {
    row: 'single document whose address answers with an error',
    types: ['single-doc'],
    is: /^Unable to get content for URL: /,
  },
];

const deviations: readonly Deviation[] = [
  whole(
    'spatial record of a folder whose listing has the date',
    ({ theirs, ours }) => !theirs && ours?.report_status === 'not modified',
    ['waf'],
  ),
  whole(
    'spatial record without a change',
    ({ theirs, ours }) => !theirs && ours?.report_status === 'not modified',
  ),
  {
    // A dataset whose record is elsewhere now has come back already.
    row: 'harvested record that vanished and comes back',
    take: ({ theirs, ours }) =>
      theirs &&
      ours &&
      statuses({ theirs, ours }) === 'deleted deleted' &&
      theirs.dataset?.['state'] !== ours.dataset?.['state']
        ? { theirs: withoutDataset(theirs), ours: withoutDataset(ours) }
        : undefined,
  },
  {
    row: 'harvested record that vanished and comes back',
    take: ({ theirs, ours, before }) =>
      theirs &&
      ours &&
      statuses({ theirs, ours }) === 'added updated' &&
      (before === 'gone' || before === 'deleted')
        ? { theirs: withoutGuesses(theirs), ours: withoutGuesses({ ...ours, report_status: 'added' }) }
        : undefined,
  },
  {
    row: 'harvested record that failed',
    take: ({ theirs, ours }) =>
      theirs?.dataset && ours && statuses({ theirs, ours }) === 'errored errored'
        ? { theirs: withoutDataset(theirs), ours: withoutDataset(ours) }
        : undefined,
  },
  whole('remote CKAN’s dataset of type `harvest`', (pair) => statuses(pair) === 'deleted not modified', [
    'ckan',
  ]),
  whole(
    'remote CKAN’s dataset that changed, with a `metadata_modified` that is no later',
    (pair) => statuses(pair) === 'not modified updated',
    ['ckan'],
  ),
  whole(
    'remote CKAN’s extra that is an object',
    ({ theirs, ours }) =>
      /can't adapt type 'dict'/.test(messages(theirs)) && ours?.report_status !== 'errored',
  ),
  {
    row: '`dcat_json`: error of a record that is refused',
    types: ['dcat_json'],
    take: ({ theirs, ours }) =>
      theirs &&
      ours &&
      theirs.errors.length === 1 &&
      ours.errors.length === 1 &&
      / Traceback /.test(messages(theirs))
        ? { theirs: { ...theirs, errors: [] }, ours: { ...ours, errors: [] } }
        : undefined,
  },
  whole(
    'CSW record in `gmi:MI_Metadata`',
    ({ theirs, ours }) =>
      /Error getting the CSW record with GUID/.test(messages(theirs)) && !/"Fetch"/.test(messages(ours)),
    ['csw'],
  ),
  whole(
    'CSW record without an identifier',
    ({ theirs, ours }) => !ours && theirs !== undefined && theirs.guid.startsWith('owslib_random_'),
    ['csw'],
  ),
  {
    row: 'line numbers of a CSW record',
    types: ['csw'],
    take({ theirs, ours }) {
      const unlined = (one: RecordOutcome) => ({
        ...one,
        errors: one.errors.map((error) => (error as unknown[]).slice(0, 2)),
      });
      const isLined = theirs && ours && JSON.stringify(theirs.errors) !== JSON.stringify(ours.errors);
      return isLined ? { theirs: unlined(theirs), ours: unlined(ours) } : undefined;
    },
  },
  whole(
    'spatial record that failed and comes back',
    (pair) => pair.before === 'errored' && statuses(pair) === 'added not modified',
    ['csw', 'waf', 'single-doc'],
  ),
  {
    row: 'spatial record that failed and comes back',
    types: ['csw', 'waf', 'single-doc'],
    take: failedBefore,
  },
  { row: 'remote CKAN’s extra that is an object', types: ['ckan'], take: failedBefore },
  whole(
    'single document whose address answers with an error',
    ({ theirs, ours }) => !ours && /Transformation to ISO failed/.test(messages(theirs)),
    ['single-doc'],
  ),
];

const rows = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8');
for (const row of new Set([...deviations, ...gatherDeviations].map(({ row }) => row)))
  if (!rows.includes(`\n| ${row}`)) throw new Error(`docs/compatibility.md has no row “${row}”`);

/** What of a source's differences is decided. */
export class Named {
  readonly #type: string;
  /** Records that differ so, or did in an earlier run. */
  readonly #records = new Set<string>();
  /** By record: what the first server last made of it, and in which run. */
  readonly #before = new Map<string, { status: string; run: number }>();

  /** @param type `source_type` */
  constructor(type: string) {
    this.#type = type;
  }

  /** Both outcomes of a record without what is decided to differ, and the rows that say so. */
  record(key: string, run: number, pair: Pair): Pair & { rows: string[] } {
    const last = this.#before.get(key);
    let left: Pair = { ...pair, before: last && (last.run < run - 1 ? 'gone' : last.status) };
    if (pair.theirs) this.#before.set(key, { status: pair.theirs.report_status, run });
    const rows: string[] = [];
    for (const { row, types, take } of deviations) {
      const taken = !types || types.includes(this.#type) ? take(left) : undefined;
      if (!taken) continue;
      left = { ...taken, before: left.before };
      rows.push(row);
      this.#records.add(key);
    }
    return { ...left, rows };
  }

  /** A record that is not compared from here on as to whether it has a dataset. */
  note(key: string): void {
    this.#records.add(key);
  }

  /** Errors of the listing without those. */
  gather({ gatherErrors }: Outcome): string[] {
    const decided = gatherDeviations.filter(({ types }) => !types || types.includes(this.#type));
    return gatherErrors.filter((message) => !decided.some(({ is }) => is.test(message)));
  }

  /** Names of the datasets that records without a decided difference have. */
  datasets({ datasets }: Outcome): string[] {
    return datasets
      .filter(({ record }) => !this.#records.has(record))
      .map(({ name, record }) => `${name} of ${record}`)
      .sort();
  }
}
