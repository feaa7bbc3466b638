import { canonicalText, withXml } from '@portolan/metadata';
import { XmlElement } from 'libxml2-wasm';

/** The server answered with an exception of its own. */
export class CswException extends Error {}

export interface RecordsPage {
  /** Records that the query has in all. */
  matched: number;
  /** Position of the next page, from 1; 0 when this is the last. */
  next: number;
  /** Of the records of this page that have one. */
  identifiers: string[];
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

/** @throws UnreadableXml, CswException */
export function readPage(text: string): RecordsPage {
  return withXml(text, (document) => {
    refuseException(document.root);
    const [found] = document.find(results, namespaces);
    if (!(found instanceof XmlElement)) throw new CswException('the answer holds no csw:SearchResults');
    const identifiers = document.find(
      `${results}/*/gmd:fileIdentifier/gco:CharacterString | ${results}/*/dc:identifier[1]`,
      namespaces,
    );
    return {
      matched: Number(found.attr('numberOfRecordsMatched')?.value ?? 0),
      next: Number(found.attr('nextRecord')?.value ?? 0),
      identifiers: identifiers.map(({ content }) => content.trim()).filter((id) => id !== ''),
      returned: Number(document.eval(`count(${results}/*)`, namespaces)),
    };
  });
}

/** The ISO record of a GetRecordById answer, as a document of its own. @throws UnreadableXml, CswException */
export function readRecordById(text: string): string | undefined {
  return withXml(text, (document) => {
    refuseException(document.root);
    const [record] = document.find(
      `/csw:GetRecordByIdResponse/*[local-name() = 'MD_Metadata' or local-name() = 'MI_Metadata'] | /gmd:MD_Metadata`,
      namespaces,
    );
    return record instanceof XmlElement ? canonicalText(record) : undefined;
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
  throw new CswException(texts.join('; ') || 'ExceptionReport');
}
