import { canonicalText, isoNamespaces, UnreadableXml, withXml } from '@portolan/metadata';
import { XmlElement } from 'libxml2-wasm';
import { type Limits, limited, TooMuchWork } from '../../thread/limited.ts';

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
 * @throws UnreadableXml, NoGeminiRecord, TooMuchWork
 */
export async function readGeminiRecord(limits: Limits, text: string): Promise<GeminiRecord> {
  const found = await findLimited(limits, text);
  if (found === undefined) throw new NoGeminiRecord(noMetadata);
  if ('unreadable' in found) throw new UnreadableXml(found.unreadable);
  return found;
}

/** @returns undefined when there is no record in it */
export function findGeminiRecord(text: string): GeminiRecord | { unreadable: string } | undefined {
  try {
    return withXml(text, (document) => {
      const [record] = document.find('/gmd:MD_Metadata | /*/gmd:MD_Metadata', isoNamespaces);
      if (!(record instanceof XmlElement)) return undefined;
      const identifier = record.find('gmd:fileIdentifier/gco:CharacterString/text()', isoNamespaces)[0];
      return {
        guid: identifier?.content ?? '',
        // As it stands where it is the whole document, so that lines are those of the source.
        content: record.parent ? canonicalText(record) : text,
      };
    });
  } catch (error) {
    if (!(error instanceof UnreadableXml)) throw error;
    return { unreadable: error.message };
  }
}

const findLimited = limited(import.meta.url, findGeminiRecord);

export const isUnusable = (error: unknown): error is Error =>
  error instanceof UnreadableXml || error instanceof NoGeminiRecord || error instanceof TooMuchWork;
