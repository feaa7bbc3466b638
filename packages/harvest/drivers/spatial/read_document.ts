import { FetchError } from '@portolan/fetcher';
import { cleanXml, decodeXml } from '@portolan/metadata';
import type { FetchedContent, ObjectContext } from '../../driver.ts';

/** A document could not be got; the message says why, without its address. */
export class UnreadDocument extends Error {}

/** The text of a remote document from its first `<` on. @throws UnreadDocument */
export async function readDocument(
  { fetcher, signal, portal }: Pick<ObjectContext, 'fetcher' | 'signal' | 'portal'>,
  url: string,
  options: { timeout?: number } = {},
): Promise<string> {
  try {
    const { bytes, headers } = await fetcher.read(url.replaceAll(' ', '%20'), {
      signal,
      maxBytes: portal.maxRecordBytes,
      ...options,
    });
    const text = cleanXml(decodeXml(bytes, headers['content-type']));
    if (text === undefined) throw new UnreadDocument('The answer is not XML');
    return text;
  } catch (error) {
    if (error instanceof FetchError) throw new UnreadDocument(error.message, { cause: error });
    throw error;
  }
}

/** The metadata standard that a text looks like, by the element it ends with. */
export function guessStandard(text: string): 'iso' | 'fgdc' | 'unknown' {
  if (/<\/(gmd:MD_Metadata|gmi:MI_Metadata)>/i.test(text)) return 'iso';
  return /<\/metadata>/i.test(text) ? 'fgdc' : 'unknown';
}

/** How a document is kept: ISO as the record's content, anything else beside it until it has been transformed. */
export function asContent(text: string): FetchedContent {
  const standard = guessStandard(text);
  if (standard === 'iso') return { content: text };
  return { content: null, extras: { original_document: text, original_format: standard } };
}
