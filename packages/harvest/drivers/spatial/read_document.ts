import { type FetchDocument, FetchError, type RequestOptions } from '@portolan/fetcher';
import { cleanXml, decodeXml } from '@portolan/metadata';
import { validatorsOf } from '../../conditional/validators.rules.ts';
import type { FetchedContent, ObjectContext, SeenDocument } from '../../driver.ts';

/** A document could not be got; the message says why, without its address. */
export class UnreadDocument extends Error {}

type Reading = Pick<ObjectContext, 'fetcher' | 'signal' | 'portal'>;

/** The text of a remote document from its first `<` on. @throws UnreadDocument */
export const readDocument = async (
  context: Reading,
  url: string,
  options: { timeout?: number } = {},
): Promise<string> => textOf(await answerOf(context, url, options));

export interface ReadRecord {
  /** From the first `<` on. */
  text: string;
  /** What the next job may ask about. */
  document?: SeenDocument;
}

/**
 * The document of a record; or the GUID of the current record, when the document is still what that was made from.
 * @throws UnreadDocument
 */
export async function readRecord(
  context: Reading & Pick<ObjectContext, 'knownDocument'>,
  url: string,
  options: { timeout?: number; guid?: string | undefined } = {},
): Promise<ReadRecord | { unchanged: string }> {
  const { guid, ...request } = options;
  const { guid: known, ...condition } = (await context.knownDocument(url, guid)) ?? {};
  const answer = await answerOf(context, url, { ...request, ...condition });
  if (known !== undefined && answer.notModified) return { unchanged: known };
  const validators = validatorsOf(answer.headers);
  return { text: textOf(answer), ...(validators ? { document: { url, validators } } : {}) };
}

async function answerOf(
  { fetcher, signal, portal }: Reading,
  url: string,
  request: RequestOptions,
): Promise<FetchDocument> {
  try {
    return await fetcher.read(url.replaceAll(' ', '%20'), {
      signal,
      maxBytes: portal.maxRecordBytes,
      ...request,
    });
  } catch (error) {
    if (error instanceof FetchError) throw new UnreadDocument(error.message, { cause: error });
    throw error;
  }
}

function textOf({ bytes, headers }: FetchDocument): string {
  const text = cleanXml(decodeXml(bytes, headers['content-type']));
  if (text === undefined) throw new UnreadDocument('The answer is not XML');
  return text;
}

/** The metadata standard that a text looks like, by the element it ends with. */
export function guessStandard(text: string): 'iso' | 'fgdc' | 'unknown' {
  // Whatever the prefix: a namespace may have any, or none.
  if (/<\/([\w.-]+:)?(MD|MI)_Metadata\s*>/i.test(text)) return 'iso';
  return /<\/metadata\s*>/i.test(text) ? 'fgdc' : 'unknown';
}

/** How a document is kept: ISO as the record's content, anything else beside it until it has been transformed. */
export function asContent({ text, document }: ReadRecord): FetchedContent {
  const standard = guessStandard(text);
  if (standard === 'iso') return { content: text, ...(document ? { document } : {}) };
  return { content: null, extras: { original_document: text, original_format: standard } };
}
