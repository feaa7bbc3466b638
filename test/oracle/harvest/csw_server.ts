import { escaped } from './markup.ts';
import type { Answer } from './scenario.ts';

export interface CswRecord {
  /** As the listing has it; none for a record without one. */
  id: string | undefined;
  /** The whole record, without an XML declaration. */
  xml: string;
}

const names =
  'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows" xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink"';

const xml = (body: string): Answer => ({
  headers: { 'content-type': 'application/xml; charset=utf-8' },
  body: `<?xml version="1.0"?>\n${body}`,
});

const operation = (name: string, url: string) =>
  `<ows:Operation name="${name}"><ows:DCP><ows:HTTP><ows:Get xlink:href="${escaped(url)}"/><ows:Post xlink:href="${escaped(url)}"/></ows:HTTP></ows:DCP></ows:Operation>`;

const capabilities = (url: string) =>
  `<csw:Capabilities version="2.0.2" ${names}><ows:ServiceIdentification><ows:Title>Invented</ows:Title><ows:ServiceType>CSW</ows:ServiceType><ows:ServiceTypeVersion>2.0.2</ows:ServiceTypeVersion></ows:ServiceIdentification><ows:OperationsMetadata>${['GetCapabilities', 'GetRecords', 'GetRecordById'].map((name) => operation(name, url)).join('')}</ows:OperationsMetadata><ogc:Filter_Capabilities><ogc:Spatial_Capabilities/><ogc:Scalar_Capabilities/><ogc:Id_Capabilities/></ogc:Filter_Capabilities></csw:Capabilities>`;

const exception = (code: string, words: string) =>
  `<ows:ExceptionReport version="1.0.0" ${names}><ows:Exception exceptionCode="${code}"><ows:ExceptionText>${words}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>`;

const brief = ({ id }: CswRecord) =>
  id === undefined
    ? '<gmd:MD_Metadata/>'
    : `<gmd:MD_Metadata><gmd:fileIdentifier><gco:CharacterString>${escaped(id)}</gco:CharacterString></gmd:fileIdentifier></gmd:MD_Metadata>`;

const attribute = (text: string, name: string) => new RegExp(`\\b${name}=["'](\\d+)`).exec(text)?.[1];

/** A CSW 2.0.2 of invented records, asked by GET or POST. @param url its address */
export function cswServer(url: string, records: readonly CswRecord[]) {
  const recordsAnswer = (asked: string): Answer => {
    // Positions begin with 1; whoever asks for 0 has the first.
    const start = Math.max(Number(attribute(asked, 'startPosition') ?? 1), 1);
    const size = Number(attribute(asked, 'maxRecords') ?? 10);
    const part = records.slice(start - 1, start - 1 + size);
    const next = start + size > records.length ? 0 : start + size;
    const whole = />\s*full\s*</.test(asked);
    return xml(
      `<csw:GetRecordsResponse ${names}><csw:SearchStatus timestamp="2024-01-01T00:00:00Z"/><csw:SearchResults elementSet="${whole ? 'full' : 'brief'}" recordSchema="http://www.isotc211.org/2005/gmd" numberOfRecordsMatched="${records.length}" numberOfRecordsReturned="${part.length}" nextRecord="${next}">${part.map((one) => (whole ? one.xml : brief(one))).join('')}</csw:SearchResults></csw:GetRecordsResponse>`,
    );
  };
  return (query: URLSearchParams, body: string): Answer => {
    const asked = new Map([...query].map(([key, value]) => [key.toLowerCase(), value]));
    const request = asked.get('request') ?? /<(?:\w+:)?(Get\w+)/.exec(body)?.[1];
    if (request === 'GetCapabilities') return xml(capabilities(url));
    if (request === 'GetRecords') return recordsAnswer(body);
    if (request !== 'GetRecordById') return xml(exception('OperationNotSupported', 'Unheard of'));
    const id = asked.get('id') ?? /<(?:\w+:)?Id>([^<]*)</.exec(body)?.[1];
    const found = records.find((one) => one.id !== undefined && one.id.trim() === id?.trim());
    return xml(`<csw:GetRecordByIdResponse ${names}>${found?.xml ?? ''}</csw:GetRecordByIdResponse>`);
  };
}
