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
    name: `dataset-${run}-${n}`,
    title: `Dataset ${n} of ${run}`,
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
    title: `Dataset ${n} of ${run}`,
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

const namespaces = [
  'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"',
  'xmlns:ows="http://www.opengis.net/ows"',
  'xmlns:ogc="http://www.opengis.net/ogc"',
].join(' ');

/** No more than OWSLib insists on, with which CKAN asks. */
const capabilities = `<csw:Capabilities ${namespaces} version="2.0.2">
  <ows:ServiceIdentification><ows:Title>Bench</ows:Title><ows:ServiceType>CSW</ows:ServiceType>
    <ows:ServiceTypeVersion>2.0.2</ows:ServiceTypeVersion></ows:ServiceIdentification>
  <ogc:Filter_Capabilities><ogc:Spatial_Capabilities/><ogc:Scalar_Capabilities/><ogc:Id_Capabilities/></ogc:Filter_Capabilities>
</csw:Capabilities>`;

/** What a brief listing has of a record in ISO 19139. */
const brief = (n: number) =>
  `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>${guid(n)}</gco:CharacterString></gmd:fileIdentifier></gmd:MD_Metadata>`;

const csw = (records: number): BenchRemote => ({
  path: '/csw',
  config: { validator_profiles: ['iso19139eden', 'constraints-1.4', 'gemini2-1.3'] },
  answer(url, body) {
    const request = url.searchParams.get('request');
    if (request === 'GetCapabilities') return capabilities;
    if (request === 'GetRecordById')
      return `<csw:GetRecordByIdResponse ${namespaces}>${record(Number(url.searchParams.get('id')?.slice(-12)))}</csw:GetRecordByIdResponse>`;
    const start = Number(/startPosition="(\d+)"/.exec(body)?.[1] ?? 1);
    const size = Number(/maxRecords="(\d+)"/.exec(body)?.[1]);
    const length = Math.max(0, Math.min(size, records - start + 1));
    const part = body.includes('>full<') ? record : brief;
    const page = Array.from({ length }, (_, index) => part(start + index - 1));
    const next = start + size > records ? 0 : start + size;
    return `<csw:GetRecordsResponse ${namespaces}><csw:SearchResults numberOfRecordsMatched="${records}" numberOfRecordsReturned="${length}" nextRecord="${next}">${page.join('')}</csw:SearchResults></csw:GetRecordsResponse>`;
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
