import { canonicalText, standaloneText, withXml } from '@portolan/metadata';
import { type XmlDocument, XmlElement } from 'libxml2-wasm';

/** The server answered with an exception of its own. */
export class CswException extends Error {
  /** Something that was asked for is not to its liking: of a record's identifier, that there is none. */
  readonly deniesParameter: boolean;

  constructor(message: string, { deniesParameter = false } = {}) {
    super(message);
    this.deniesParameter = deniesParameter;
  }
}

export interface ListedRecord {
  id: string;
  /** The record as a document of its own, as `readRecordById` gives it; when it was asked for and is ISO. */
  content?: string;
}

export interface RecordsPage {
  /** Records that the query has in all. */
  matched: number;
  /** Position of the next page, from 1; 0 when this is the last by the server's word. */
  next: number;
  /** Those of this page that have an identifier. */
  records: ListedRecord[];
  /** Records of this page. */
  returned: number;
}

const namespaces = {
  csw: 'http://www.opengis.net/cat/csw/2.0.2',
  dc: 'http://purl.org/dc/elements/1.1/',
  gmd: 'http://www.isotc211.org/2005/gmd',
  gco: 'http://www.isotc211.org/2005/gco',
};

const results = '/csw:GetRecordsResponse/csw:SearchResults';

/** @param whole the records were asked for as a whole @throws UnreadableXml, CswException */
export function readPage(text: string, whole: boolean): RecordsPage {
  return withXml(text, (document) => {
    refuseException(document.root);
    const [found] = document.find(results, namespaces);
    if (!(found instanceof XmlElement)) throw new CswException('the answer holds no csw:SearchResults');
    return {
      matched: Number(found.attr('numberOfRecordsMatched')?.value ?? 0),
      next: Number(found.attr('nextRecord')?.value ?? 0),
      records: recordsOf(document, whole),
      returned: Number(document.eval(`count(${results}/*)`, namespaces)),
    };
  });
}

function recordsOf(document: XmlDocument, whole: boolean): ListedRecord[] {
  const identifiers = document.find(
    `${results}/*/gmd:fileIdentifier/gco:CharacterString | ${results}/*/dc:identifier[1]`,
    namespaces,
  );
  return identifiers
    .map((identifier): ListedRecord => {
      const record = whole ? identifier.parent?.parent : undefined;
      const content = record && isoNames.has(record.name) ? readWhole(record) : undefined;
      return { id: identifier.content.trim(), ...(content === undefined ? {} : { content }) };
    })
    .filter(({ id }) => id !== '');
}

const isoNames = new Set(['MD_Metadata', 'MI_Metadata']);

/** @returns undefined for what cannot stand by itself: asked for on its own, it is an error of that record */
function readWhole(record: XmlElement): string | undefined {
  try {
    return standaloneText(canonicalText(record));
  } catch {
    return undefined;
  }
}

/** A record as a server gives it that is asked for this one. */
export interface SingleRecord {
  /** A document of its own. */
  content: string;
  /** Its file identifier, empty if it has none. */
  identifier: string;
}

/** The ISO record of a GetRecordById answer. @throws UnreadableXml, CswException */
export function readRecordById(text: string): SingleRecord | undefined {
  return withXml(text, (document) => {
    refuseException(document.root);
    const [record] = document.find(
      `/csw:GetRecordByIdResponse/*[local-name() = 'MD_Metadata' or local-name() = 'MI_Metadata'] | /gmd:MD_Metadata`,
      namespaces,
    );
    if (!(record instanceof XmlElement)) return undefined;
    const identifier = record.find('gmd:fileIdentifier/gco:CharacterString', namespaces)[0]?.content.trim();
    return { content: standaloneText(canonicalText(record)), identifier: identifier ?? '' };
  });
}

/** Whether the answer is the description of a CSW. @throws UnreadableXml, CswException */
export function readCapabilities(text: string): void {
  withXml(text, ({ root }) => {
    refuseException(root);
    if (root.name !== 'Capabilities') throw new CswException(`the answer is ${root.name}, not Capabilities`);
  });
}

function refuseException(root: XmlElement): void {
  if (root.name !== 'ExceptionReport') return;
  const texts = root.find(`.//*[local-name() = 'ExceptionText']`).map(({ content }) => content.trim());
  const code = root.find(`.//*[local-name() = 'Exception']/@exceptionCode`)[0]?.content;
  throw new CswException(texts.join('; ') || 'ExceptionReport', {
    deniesParameter: code === 'InvalidParameterValue',
  });
}
