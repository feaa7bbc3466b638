import { isoRecord } from '../harness/iso_record.ts';

/** Harvests of a source, one after the other, before it begins anew. */
export const stepsOfCycle = 5;
/** Records that a source gets with the second step. */
const late = 10;
/** The one record that cannot be imported, where a type has such records. */
const broken = 5;

/** Types of source whose records change, and what one of them is at such a server. */
export type ChangingType = 'dcat_json' | 'ckan' | 'waf';

interface Version {
  n: number;
  /** How often it has changed. */
  version: number;
}

/**
 * What a source lists at a step: first all; then some are gone, others new, others changed; then some are back; then
 * nothing changes; at last half of them change and others are gone.
 */
export function recordsAt(step: number, records: number): Version[] {
  return Array.from({ length: records + late }, (_, n) => n)
    .filter((n) => (n < records ? isListed(n, step) : step > 0 && (step === 1 || n % 2 === 0)))
    .map((n) => ({ n, version: versionAt(n, step) }));
}

function isListed(n: number, step: number): boolean {
  if (n % 6 === 0) return step === 0 || (step > 1 && n % 12 === 0);
  return n % 6 !== 3 || step < 4;
}

const versionAt = (n: number, step: number) =>
  Number(step > 0 && n % 3 === 1) + Number(step > 1 && n % 4 === 2) + Number(step > 3 && n % 2 === 1);

const date = (version: number) => `2026-01-0${version + 1}`;
const titleOf = (source: number, { n, version }: Version) =>
  n % 14 === 1 ? `Station ${n} of river ${source}, form ${version}` : `Station ${n} of river ${source}`;
const notesOf = ({ n, version }: Version) => `Levels measured at station ${n}, version ${version}`;

const dataJson = (source: number, records: Version[]) =>
  JSON.stringify({
    dataset: records.map((record) => ({
      identifier: `https://example.org/${source}/${record.n}`,
      title: titleOf(source, record),
      description: notesOf(record),
      keyword: ['water', `river ${record.n % 7}`],
      modified: date(record.version),
      distribution: [0, 1].map((file) => ({
        title: `File ${file}`,
        downloadURL: `https://example.org/${source}/${record.n}/${file}.csv`,
        format: 'CSV',
      })),
    })),
  });

const ckanPage = (source: number, records: Version[], start: number) =>
  JSON.stringify({
    success: true,
    result: {
      count: records.length,
      results: records.slice(start, start + 100).map((record) => ({
        id: `${String(source).padStart(8, '0')}-0000-4000-8000-${String(record.n).padStart(12, '0')}`,
        name: `station-${source}-${record.n}`,
        title: titleOf(source, record),
        notes: notesOf(record),
        metadata_modified: `${date(record.version)}T00:00:00.000000`,
        tags: [{ name: record.n === broken ? 'no, tag?' : 'water' }],
        extras: [{ key: 'edition', value: String(record.version) }],
        resources: [0, 1].map((file) => ({
          url: `https://example.org/${source}/${record.n}/${file}.csv`,
          name: `File ${file}`,
          format: 'CSV',
        })),
      })),
    },
  });

const folder = (records: Version[]) =>
  records.map(({ n, version }) => `<a href="${n}.xml">${n}</a> ${date(version)} 00:00`).join('\n');

const isoDocument = (source: number, record: Version) =>
  isoRecord({
    guid: `station-${source}-${record.n}`,
    title: titleOf(source, record),
    abstract: notesOf(record),
    date: date(record.version),
    keywords: ['water', `river ${record.n % 7}`],
    url: `https://example.org/${source}/${record.n}.csv`,
    ...(record.n === broken ? { bbox: ['west', 'east', 'south', 'north'] } : {}),
  });

/** What a source's server answers at a step. */
export function answerOf(
  { type, source, records }: { type: ChangingType; source: number; records: Version[] },
  url: URL,
): string | undefined {
  if (type === 'dcat_json') return url.searchParams.has('page') ? undefined : dataJson(source, records);
  if (type === 'ckan') return ckanPage(source, records, Number(url.searchParams.get('start')));
  const file = /(\d+)\.xml$/.exec(url.pathname)?.[1];
  if (file === undefined) return folder(records);
  const record = records.find(({ n }) => n === Number(file));
  return record && isoDocument(source, record);
}
