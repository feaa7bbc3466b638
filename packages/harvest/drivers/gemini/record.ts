import { canonicalText, isoNamespaces, UnreadableXml, withXml } from '@portolan/metadata';
import { XmlElement } from 'libxml2-wasm';

/** The record of a GEMINI document: its GUID and the element as a document of its own. */
export interface GeminiRecord {
  guid: string;
  content: string;
}

/** Well-formed, but no GEMINI record. */
export class NoGeminiRecord extends Error {}

export const noMetadata = 'Content is not a valid Gemini document without the gmd:MD_Metadata element';

/**
 * Takes the record out of a document: its root, or a child of that (the answer of a CSW).
 * @throws UnreadableXml, NoGeminiRecord
 */
export function readGeminiRecord(text: string): GeminiRecord {
  return withXml(text, (document) => {
    const [record] = document.find('/gmd:MD_Metadata | /*/gmd:MD_Metadata', isoNamespaces);
    if (!(record instanceof XmlElement)) throw new NoGeminiRecord(noMetadata);
    const identifier = record.find('gmd:fileIdentifier/gco:CharacterString/text()', isoNamespaces)[0];
    return {
      guid: identifier?.content ?? '',
      // As it stands where it is the whole document, so that lines are those of the source.
      content: record.parent ? canonicalText(record) : text,
    };
  });
}

export const isUnusable = (error: unknown): error is Error =>
  error instanceof UnreadableXml || error instanceof NoGeminiRecord;
