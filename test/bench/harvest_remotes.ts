// The remotes that harvest.bench.ts harvests: what each kind of source is answered, records invented as they are asked for.
import { isoRecord } from '../harness/iso_record.ts';

export interface BenchRemote {
  /** Of the source, when it is not what the remote is called. */
  type?: string;
  /** Path and configuration of the source. */
  path: string;
  config: object;
  answer(url: URL, body: string): string;
}

/** No two runs have records in common: a CKAN that is compared with may know those of an earlier one. */
const run = process.pid.toString(16).padStart(8, '0');
const guid = (n: number) => `${run}-0000-4000-8000-${String(n).padStart(12, '0')}`;

function ckanDataset(n: number): object {
  return {
    id: guid(n),
    name: `dataset-${n}`,
    title: `Dataset ${n}`,
    notes: `${'Words about what this dataset is. '.repeat(20)}${n}`,
    metadata_modified: '2026-01-01T00:00:00.000000',
    license_id: 'uk-ogl',
    tags: [{ name: 'roads' }, { name: 'bridges' }],
    extras: [{ key: 'contact', value: 'somebody' }],
    resources: [1, 2].map((i) => ({
      url: `http://files.example.org/${n}/${i}.csv`,
      name: `File ${i}`,
      format: 'CSV',
    })),
  };
}

const record = (n: number) =>
  isoRecord({
    guid: guid(n),
    title: `Dataset ${n}`,
    abstract: `${'Words about what this dataset is. '.repeat(20)}${n}`,
  });

const ckan = (records: number): BenchRemote => ({
  path: '',
  config: { force_all: true },
  answer(url) {
    const start = Number(url.searchParams.get('start'));
    const length = Math.max(0, Math.min(100, records - start));
    const results = Array.from({ length }, (_, index) => ckanDataset(start + index));
    return JSON.stringify({ success: true, result: { count: records, results } });
  },
});

/** @param date as the listing has it for each file, so that what is not newer is not fetched */
const folder = (records: number, date = ' 2026-01-01 00:00'): BenchRemote => ({
  type: 'waf',
  path: '/waf/',
  config: {},
  answer(url) {
    const name = /(\d+)\.xml$/.exec(url.pathname)?.[1];
    if (name !== undefined) return record(Number(name));
    return Array.from({ length: records }, (_, n) => `<a href="${n}.xml">${n}</a>${date}`).join('\n');
  },
});

const csw = (records: number): BenchRemote => ({
  path: '/csw',
  config: { validator_profiles: ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'] },
  answer(url, body) {
    const namespace = 'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"';
    const request = url.searchParams.get('request');
    if (request === 'GetCapabilities') return `<csw:Capabilities ${namespace}/>`;
    if (request === 'GetRecordById')
      return `<csw:GetRecordByIdResponse ${namespace}>${record(Number(url.searchParams.get('id')?.slice(-12)))}</csw:GetRecordByIdResponse>`;
    const start = Number(/startPosition="(\d+)"/.exec(body)?.[1]);
    const size = Number(/maxRecords="(\d+)"/.exec(body)?.[1]);
    const length = Math.max(0, Math.min(size, records - start + 1));
    const whole = body.includes('>full<');
    const page = Array.from({ length }, (_, index) => {
      const n = start + index - 1;
      return whole
        ? record(n)
        : `<csw:BriefRecord><dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">${guid(n)}</dc:identifier></csw:BriefRecord>`;
    });
    const next = start + size > records ? 0 : start + size;
    return `<csw:GetRecordsResponse ${namespace}><csw:SearchResults numberOfRecordsMatched="${records}" nextRecord="${next}">${page.join('')}</csw:SearchResults></csw:GetRecordsResponse>`;
  },
});

/** By type of source. */
export const benchRemotes: Record<string, (records: number) => BenchRemote> = {
  ckan,
  waf: folder,
  // Every file has to be fetched to know whether it has changed.
  'waf-undated': (records) => folder(records, ''),
  csw,
  'gemini-csw': csw,
};
