import { orWindows1252 } from '@portolan/kernel';
import { FetchError } from './errors.ts';
import type { FetchDocument, FetchResponse } from './options.ts';
import { withoutSecrets } from './secret.rules.ts';

/** The whole body; its size is bounded by the request's `maxBytes`. */
export async function readAll(response: FetchResponse): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function documentOf(response: FetchResponse, bytes: Buffer): FetchDocument {
  const { status, headers, url, notModified } = response;
  const text = () => textOf(bytes, headers['content-type'], url);
  return { status, headers, url, notModified, bytes, text, json: () => jsonOf(text(), url) };
}

/**
 * By byte order mark, else by how the first characters look, else `charset`, else UTF-8, or Windows-1252 where the bytes
 * are not that. @throws FetchError `decode`
 */
function textOf(bytes: Buffer, type: string | undefined, url: string): string {
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  try {
    return decodedAs(unicodeOf(bytes) ?? (/^(utf-?16|ucs)/i.test(charset) ? 'utf-8' : charset), bytes);
  } catch (error) {
    throw new FetchError('decode', `charset ${charset}`, { url: withoutSecrets(url), cause: error });
  }
}

/** What the mark says, or the first character: of texts in HTML, XML and JSON it is one of ASCII. */
function unicodeOf([a, b, c]: Buffer): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a && a < 0x80 && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b && b < 0x80)) return 'utf-16be';
  return undefined;
}

/** @throws RangeError for a charset that nobody knows */
function decodedAs(charset: string, bytes: Buffer): string {
  const text = new TextDecoder(charset).decode(bytes);
  return /^utf-?8$/i.test(charset) ? orWindows1252(text, bytes) : text;
}

function jsonOf(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FetchError('decode', 'not JSON', { url: withoutSecrets(url), cause: error });
  }
}
