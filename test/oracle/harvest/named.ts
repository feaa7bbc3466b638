import { readFileSync } from 'node:fs';
import type { RecordOutcome } from './differences.ts';
import type { Outcome } from './harvested.ts';

/** What both servers made of a record. */
export interface Pair {
  theirs: RecordOutcome | undefined;
  ours: RecordOutcome | undefined;
  /** What the first server made of it the last time that it saw it; `gone` where that was not the last run. */
  before?: string | undefined;
  /** Rows that it had in earlier runs. */
  rowsBefore?: ReadonlySet<string> | undefined;
  /** Rows that any record of its source had in earlier runs. */
  rowsOfSource?: ReadonlySet<string>;
}

/** A difference that is decided: a row of docs/compatibility.md. */
interface Deviation {
  /** How the row begins. */
  row: string;
  /** `source_type` of the sources that it is about; all without. */
  types?: readonly string[];
  /** Both without it, or undefined where it is not this. */
  take(pair: Pair, type: string): Pair | undefined;
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

const isBlank = (value: unknown) => typeof value === 'string' && /^n[0-9a-f]{32}(b\d+)?$/i.test(value);

/** Both values without those that are the number of a blank node in the first. */
function withoutBlanks(left: unknown, right: unknown): [unknown, unknown] {
  if (isBlank(left)) return [null, null];
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null)
    return [left, right];
  const [copy, other] = Array.isArray(left)
    ? [[...left], [...(right as unknown[])]]
    : [{ ...left }, { ...right }];
  for (const key of Object.keys(left)) {
    const [one, two] = withoutBlanks(Reflect.get(left, key), Reflect.get(right, key));
    Reflect.set(copy, key, one);
    if (key in right) Reflect.set(other, key, two);
  }
  return [copy, other];
}

/** Without resources that have an address in common. */
function withoutTwins(one: RecordOutcome): RecordOutcome {
  const all = one.dataset?.resources ?? [];
  const single = all.filter(({ url }) => all.filter((other) => other['url'] === url).length === 1);
  return { ...one, dataset: one.dataset && { ...one.dataset, resources: single } };
}

const withoutName = (one: RecordOutcome): RecordOutcome => ({
  ...one,
  dataset: one.dataset && { ...one.dataset, name: null },
});

type Told = [type: string, message: string, line: number | null];

/** Lines that are further down there, all by as many; those of a CSW's by any number. */
function withoutLines({ theirs, ours }: Pair, type: string): Pair | undefined {
  if (!theirs || !ours) return undefined;
  const [left, right] = [theirs.errors as Told[], ours.errors as Told[]];
  const further = left.map(([, , line], at) => (line ?? 0) - (right[at]?.[2] ?? 0));
  const lined = further.filter((_, at) => left[at]?.[2] !== null);
  const isConstant = new Set(lined).size === 1 && (lined[0] ?? 0) > 0;
  const isOther = JSON.stringify(left) !== JSON.stringify(right);
  if (!isOther || !(type === 'csw' || isConstant)) return undefined;
  const unlined = (one: RecordOutcome) => ({
    ...one,
    errors: (one.errors as Told[])
      .map(([stage, message]) => [stage, message])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  });
  return { theirs: unlined(theirs), ours: unlined(ours) };
}

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
    (pair) => ['not modified updated', 'not modified errored'].includes(statuses(pair)),
    ['ckan'],
  ),
  whole(
    'remote CKAN’s extra that is an object',
    ({ theirs, ours }) =>
      /can't adapt type 'dict'/.test(messages(theirs)) && ours?.report_status !== 'errored',
  ),
  whole(
    'remote CKAN’s dataset with `null` where a list is due',
    ({ theirs, ours }) =>
      /'NoneType' object is not|Only lists of dicts can be placed/.test(messages(theirs)) &&
      ours?.report_status !== 'errored',
    ['ckan'],
  ),
  // Whose last job had no errors asks for changes only.
  ...['remote CKAN’s extra that is an object', 'remote CKAN’s dataset with `null` where a list is due'].map(
    (row) =>
      whole(
        row,
        (pair) =>
          !pair.ours &&
          ['not modified', 'deleted'].includes(String(pair.theirs?.report_status)) &&
          pair.rowsOfSource?.has(row) === true,
        ['ckan'],
      ),
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
  {
    row: 'names and simple tags of harvested records: letters beyond Latin-1',
    take({ theirs, ours, rowsBefore }) {
      if (!theirs?.dataset || !ours?.dataset || theirs.dataset['name'] === ours.dataset['name'])
        return undefined;
      const isSo = /[\u0100-\uffff]/.test(String(theirs.dataset['title']));
      // Some keep the name that the first title gave.
      const wasSo = rowsBefore?.has('names and simple tags of harvested records: letters beyond Latin-1');
      return isSo || wasSo ? { theirs: withoutName(theirs), ours: withoutName(ours) } : undefined;
    },
  },
  {
    row: 'DCAT in RDF: a node without an IRI where a value is expected',
    types: ['dcat_rdf'],
    take({ theirs, ours }) {
      const [left, right] = withoutBlanks(theirs?.dataset, ours?.dataset) as RecordOutcome['dataset'][];
      return theirs && ours && left && right && JSON.stringify(left) !== JSON.stringify(theirs.dataset)
        ? { theirs: { ...theirs, dataset: left }, ours: { ...ours, dataset: right } }
        : undefined;
    },
  },
  whole(
    'DCAT in RDF: name that was free',
    ({ theirs, ours, before }) => !theirs && before === 'errored' && ours?.report_status === 'deleted',
    ['dcat_rdf'],
  ),
  whole(
    'DCAT in RDF: name that was free',
    ({ theirs, ours }) =>
      /validation Error: {'Name': 'That URL is already in use.'}/.test(messages(theirs)) &&
      ours?.report_status !== 'errored',
    ['dcat_rdf'],
  ),
  whole(
    '`dcat_json`: keyword that is no tag',
    ({ theirs, ours }) =>
      /'tags': \['Missing value'\]/.test(messages(theirs)) && ours?.report_status !== 'errored',
    ['dcat_json'],
  ),
  { row: '`dcat_json`: keyword that is no tag', types: ['dcat_json'], take: failedBefore },
  {
    row: '`dcat_json`: two resources of a record that have one address',
    types: ['dcat_json'],
    take: ({ theirs, ours }) =>
      theirs &&
      ours &&
      JSON.stringify(withoutTwins(theirs)) !== JSON.stringify(theirs) &&
      theirs.report_status === 'updated'
        ? { theirs: withoutTwins(theirs), ours: withoutTwins(ours) }
        : undefined,
  },
  whole(
    'spatial record with a bounding box that is no finite number',
    ({ theirs, ours }) =>
      /'Spatial': 'Error (decoding JSON object|creating geometry)/.test(messages(theirs)) &&
      /could not convert string to float/.test(messages(ours)),
    ['csw', 'waf', 'single-doc'],
  ),
  whole(
    'spatial record with a bounding box that is no finite number',
    ({ theirs, ours, rowsBefore }) =>
      rowsBefore?.has('spatial record with a bounding box that is no finite number') === true &&
      theirs?.report_status === 'errored' &&
      ours?.report_status === 'not modified',
    ['csw', 'waf', 'single-doc'],
  ),
  whole(
    'spatial record that had an earlier date in between',
    (pair) => pair.before === 'gone' && statuses(pair) === 'updated not modified',
    ['csw', 'waf', 'single-doc'],
  ),
  whole(
    'spatial record with a bounding box that is no finite number',
    (pair) =>
      pair.rowsBefore?.has('spatial record with a bounding box that is no finite number') === true &&
      statuses(pair) === 'deleted deleted',
    ['csw', 'waf', 'single-doc'],
  ),
  {
    row: 'new record of the title of one that its source has no more',
    take: ({ theirs, ours }) =>
      theirs &&
      ours &&
      statuses({ theirs, ours }) === 'deleted deleted' &&
      theirs.dataset?.['name'] !== ours.dataset?.['name']
        ? { theirs: withoutName(theirs), ours: withoutName(ours) }
        : undefined,
  },
  {
    // The name that its next title gives it.
    row: 'DCAT in RDF: name that was free',
    types: ['dcat_rdf'],
    take: ({ theirs, ours, rowsBefore }) =>
      theirs?.dataset &&
      ours?.dataset &&
      rowsBefore?.has('DCAT in RDF: name that was free') &&
      theirs.dataset['name'] !== ours.dataset['name']
        ? { theirs: withoutName(theirs), ours: withoutName(ours) }
        : undefined,
  },
  whole(
    'CSW record in `gmi:MI_Metadata`',
    ({ theirs, ours }) =>
      /Error getting the CSW record with GUID/.test(messages(theirs)) && !/"Fetch"/.test(messages(ours)),
    ['csw'],
  ),
  whole(
    'CSW record in `gmi:MI_Metadata`',
    ({ theirs, ours, rowsBefore }) =>
      rowsBefore?.has('CSW record in `gmi:MI_Metadata`') === true &&
      !theirs &&
      ours?.report_status === 'deleted',
    ['csw'],
  ),
  whole(
    'CSW record without an identifier',
    ({ theirs, ours }) => !ours && theirs !== undefined && theirs.guid.startsWith('owslib_random_'),
    ['csw'],
  ),
  {
    row: 'line numbers of a spatial record',
    types: ['csw', 'waf', 'single-doc'],
    take: withoutLines,
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
  { row: 'remote CKAN’s dataset with `null` where a list is due', types: ['ckan'], take: failedBefore },
  { row: 'DCAT in RDF: name that was free', types: ['dcat_rdf'], take: failedBefore },
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
  /** Records that differ so, or did in an earlier run, with their rows. */
  readonly #records = new Map<string, Set<string>>();
  readonly #lost = new Set<string>();
  /** By record: what the first server last made of it, and in which run. */
  readonly #before = new Map<string, { status: string; run: number }>();

  /** @param type `source_type` */
  constructor(type: string) {
    this.#type = type;
  }

  /** Both outcomes of a record without what is decided to differ, and the rows that say so. */
  record(key: string, run: number, pair: Pair): Pair & { rows: string[] } {
    const last = this.#before.get(key);
    const before = last && (last.run < run - 1 ? 'gone' : last.status);
    const rowsBefore = this.#records.get(key);
    const rowsOfSource = new Set([...this.#records.values()].flatMap((those) => [...those]));
    let left: Pair = { ...pair, before, rowsBefore, rowsOfSource };
    if (pair.theirs) this.#before.set(key, { status: pair.theirs.report_status, run });
    const rows: string[] = [];
    for (const { row, types, take } of deviations) {
      const taken = !types || types.includes(this.#type) ? take(left, this.#type) : undefined;
      if (!taken) continue;
      left = { ...taken, before, rowsBefore, rowsOfSource };
      rows.push(row);
    }
    if (rows.length > 0) this.#records.set(key, new Set([...(rowsBefore ?? []), ...rows]));
    return { ...left, rows };
  }

  /** A record that has ended the first server's worker is not compared from here on. */
  lose(key: string): void {
    this.#lost.add(key);
  }

  isLost(key: string): boolean {
    return this.#lost.has(key);
  }

  /** Errors of the listing without those. */
  gather({ gatherErrors }: Outcome): string[] {
    const decided = gatherDeviations.filter(({ types }) => !types || types.includes(this.#type));
    return gatherErrors.filter((message) => !decided.some(({ is }) => is.test(message)));
  }

  /** Names of the datasets that records without a decided difference have. */
  datasets({ datasets }: Outcome): string[] {
    return datasets
      .filter(({ record }) => !this.#records.has(record) && !this.#lost.has(record))
      .map(({ name, record }) => `${name} of ${record}`)
      .sort();
  }
}
