import { answering, asItIs, type Feed, type FeedRecord, type Listing, missing, type Page } from './feed.ts';

const day = '2026-01-02';
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const ckan: Feed = {
  type: 'ckan',
  path: '',
  paged: true,
  pageSize: 100,
  record: ({ guid, title, date = day, text }) =>
    text ?? JSON.stringify({ id: guid, title, metadata_modified: `${date}T00:00:00` }),
  serve: (listing, disturb = asItIs) => ({
    '/api/3/action/package_search': answering(({ url }) => {
      const number = Number(url.searchParams.get('start')) / 100 + 1;
      const results = listing.page(number).map(ckan.record).join(',');
      const count = listing.total?.(number) ?? null;
      return disturb(
        `page ${number}`,
        `{"success": true, "result": {"count": ${count}, "results": [${results}]}}`,
      );
    }),
  }),
};

const dcatJson: Feed = {
  type: 'dcat_json',
  path: '/data.json',
  paged: true,
  pageSize: 2,
  record: ({ guid, title, date = day, text }) =>
    text ?? JSON.stringify({ identifier: guid, title, modified: date }),
  serve: (listing, disturb = asItIs) => ({
    '/data.json': answering(({ url }) => {
      const number = Number(url.searchParams.get('page') ?? 1);
      const records = listing.page(number);
      if (number > 1 && records.length === 0) return missing;
      return disturb(`page ${number}`, `{"dataset": [${records.map(dcatJson.record).join(',')}]}`);
    }),
  }),
};

const rdfHead =
  'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" ' +
  'xmlns:dct="http://purl.org/dc/terms/" xmlns:hydra="http://www.w3.org/ns/hydra/core#"';

const dcatRdf: Feed = {
  type: 'dcat_rdf',
  path: '/catalog.rdf',
  paged: true,
  pageSize: 2,
  record: ({ guid, title, date = day, text }) =>
    text ??
    `<dcat:Dataset rdf:about="http://feed.test/${guid}"><dct:title>${escaped(title)}</dct:title><dct:modified>${date}</dct:modified></dcat:Dataset>`,
  serve: (listing, disturb = asItIs) => ({
    '/catalog.rdf': answering(({ url }) => {
      const number = Number(url.searchParams.get('page') ?? 1);
      const next = listing.next?.(number);
      const view =
        next === undefined
          ? ''
          : `<hydra:PartialCollectionView rdf:about="?page=${number}"><hydra:next rdf:resource="?page=${next}"/></hydra:PartialCollectionView>`;
      const records = listing.page(number).map(dcatRdf.record).join('');
      return disturb(
        `page ${number}`,
        `<?xml version="1.0"?><rdf:RDF ${rdfHead}>${view}${records}</rdf:RDF>`,
      );
    }),
  }),
};

const inventory: Feed = {
  type: 'inventory',
  path: '/inventory.xml',
  pageSize: 2,
  record: ({ guid, title, date = day, text }) =>
    text ??
    `<Dataset Modified="${date}" Active="Yes"><Identifier>${guid}</Identifier><Title>${escaped(title)}</Title></Dataset>`,
  serve: (listing, disturb = asItIs) => ({
    '/inventory.xml': answering(() =>
      disturb(
        'page 1',
        `<?xml version="1.0"?><Inventory xmlns="http://schemas.esd.org.uk/inventory" Modified="2026-01-01">` +
          `<Identifier>http://feed.test/</Identifier><Datasets>${listing.page(1).map(inventory.record).join('')}</Datasets></Inventory>`,
      ),
    ),
  }),
};

/** Writes an ISO 19139 record. */
type Iso = (record: FeedRecord) => string;

const single = (type: string, iso: Iso): Feed => ({
  type,
  path: '/one.xml',
  single: true,
  pageSize: 1,
  record: iso,
  serve: (listing, disturb = asItIs) => ({
    '/one.xml': answering(() => disturb('page 1', listing.page(1).map(iso).join(''))),
  }),
});

const folderPage = (names: string[]) =>
  `<html><head><title>Index of /</title></head><body><a href="../">../</a> ${names
    .map((name) => `<a href="${name}">${name}</a>`)
    .join('\n')}</body></html>`;

/** Its pages are folders, each below the one before. */
const folder = (type: string, paged: boolean, iso: Iso): Feed => ({
  type,
  path: '/waf/',
  separate: true,
  ...(paged ? { paged: true as const } : {}),
  pageSize: 2,
  record: iso,
  serve(listing, disturb = asItIs) {
    const pages: Record<string, Page> = {};
    for (let number = 1, path = '/waf/', more = true; more; number++) {
      const records = listing.page(number);
      more = paged && listing.next?.(number) !== undefined;
      const below = more ? [`${number + 1}/`] : [];
      const page = folderPage([...records.map(({ guid }) => `${guid}.xml`), ...below]);
      pages[path] = answering(() => disturb(`page ${number}`, page));
      for (const record of records)
        pages[`${path}${record.guid}.xml`] = answering(() => disturb(record.guid, iso(record)));
      path += below[0] ?? '';
    }
    return pages;
  },
});

const cswPage = 10;
const ofCsw = 'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"';

const csw = (type: string, iso: Iso): Feed => ({
  type,
  path: '/csw',
  separate: true,
  listsGuids: true,
  says: /^Error (contacting|gathering the identifiers from) the CSW server/,
  paged: true,
  pageSize: cswPage,
  record: iso,
  serve: (listing, disturb = asItIs) => ({
    '/csw': answering(({ url, body }) => {
      const request = url.searchParams.get('request');
      if (request === 'GetCapabilities')
        return disturb('capabilities', `<csw:Capabilities ${ofCsw}></csw:Capabilities>`);
      const id = url.searchParams.get('id');
      if (id !== null) return cswRecord(listing, { id, iso }, disturb);
      const number = (Number(/startPosition="(\d+)"/.exec(body)?.[1]) - 1) / cswPage + 1;
      const records = listing
        .page(number)
        .map(
          ({ guid }) =>
            `<csw:BriefRecord><dc:identifier xmlns:dc="http://purl.org/dc/elements/1.1/">${guid}</dc:identifier></csw:BriefRecord>`,
        );
      const next = listing.next?.(number);
      const counts = `numberOfRecordsMatched="${listing.total?.(number) ?? 0}" nextRecord="${next === undefined ? 0 : (next - 1) * cswPage + 1}"`;
      return disturb(
        `page ${number}`,
        `<csw:GetRecordsResponse ${ofCsw}><csw:SearchResults ${counts}>${records.join('')}</csw:SearchResults></csw:GetRecordsResponse>`,
      );
    }),
  }),
});

/** Found on whatever page it is: those that are asked for are few. */
function cswRecord(
  listing: Listing,
  { id, iso }: { id: string; iso: Iso },
  disturb: NonNullable<Parameters<Feed['serve']>[1]>,
): Page {
  for (let number = 1; number < 100; number++) {
    const found = listing.page(number).find(({ guid }) => guid === id);
    if (found)
      return disturb(id, `<csw:GetRecordByIdResponse ${ofCsw}>${iso(found)}</csw:GetRecordByIdResponse>`);
  }
  return `<csw:GetRecordByIdResponse ${ofCsw}/>`;
}

/** A remote for each driver. @param isoRecord writes a record of those that are spatial */
export function feedsOf(
  isoRecord: (record: { guid: string; title: string; date: string }) => string,
): readonly Feed[] {
  const iso: Iso = ({ guid, title, date = day, text }) => text ?? isoRecord({ guid, title, date });
  return [
    ckan,
    dcatJson,
    dcatRdf,
    inventory,
    csw('csw', iso),
    folder('waf', true, iso),
    single('single-doc', iso),
    csw('gemini-csw', iso),
    folder('gemini-waf', false, iso),
    single('gemini-single', iso),
  ];
}
