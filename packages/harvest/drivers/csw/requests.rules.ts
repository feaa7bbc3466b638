export const gmd = 'http://www.isotc211.org/2005/gmd';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

export interface Page {
  /** Position of the first record, from 1. */
  start: number;
  size: number;
  /** Whole records, or little more than their identifiers. */
  elements: 'full' | 'brief';
  /** A condition in OGC's Common Query Language. */
  cql?: string | undefined;
  /** By identifier, which keeps pages apart while records come and go; not every server can. */
  sorted: boolean;
}

/** A GetRecords request of CSW 2.0.2. */
export function getRecords({ start, size, elements, cql, sorted }: Page): string {
  const constraint = cql
    ? `<csw:Constraint version="1.1.0"><csw:CqlText>${escaped(cql)}</csw:CqlText></csw:Constraint>`
    : '';
  const order = sorted
    ? '<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>dc:identifier</ogc:PropertyName><ogc:SortOrder>ASC</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>'
    : '';
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc" ' +
    `service="CSW" version="2.0.2" resultType="results" outputSchema="${gmd}" startPosition="${start}" maxRecords="${size}">` +
    `<csw:Query typeNames="csw:Record"><csw:ElementSetName>${elements}</csw:ElementSetName>${constraint}${order}</csw:Query>` +
    '</csw:GetRecords>'
  );
}

/** The address of a request, with what the source's own address asks besides. */
export function requestUrl(source: string, parameters: Record<string, string>): string {
  const url = new URL(source);
  const own = new Set(Object.keys(parameters));
  for (const key of [...url.searchParams.keys()])
    if (own.has(key.toLowerCase())) url.searchParams.delete(key);
  for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
  return url.href;
}

export const capabilitiesUrl = (source: string): string =>
  requestUrl(source, { service: 'CSW', version: '2.0.2', request: 'GetCapabilities' });

export const recordUrl = (source: string, id: string): string =>
  requestUrl(source, {
    service: 'CSW',
    version: '2.0.2',
    request: 'GetRecordById',
    outputschema: gmd,
    outputformat: 'application/xml',
    elementsetname: 'full',
    id,
  });

/** The link to a record that reports show. */
export function publicRecordUrl(source: string, id: string): string | undefined {
  if (!URL.canParse(source)) return undefined;
  const { origin, pathname } = new URL(source);
  const parameters = new URLSearchParams({
    SERVICE: 'CSW',
    VERSION: '2.0.2',
    REQUEST: 'GetRecordById',
    OUTPUTSCHEMA: gmd,
    OUTPUTFORMAT: 'application/xml',
    ID: id,
  });
  return `${origin}${pathname}?${parameters}`;
}
