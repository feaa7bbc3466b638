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

/** By byte order mark, else `charset`, else UTF-8; wrong bytes become U+FFFD. @throws FetchError `decode` */
function textOf(bytes: Buffer, type: string | undefined, url: string): string {
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(type ?? '')?.[1] ?? 'utf-8';
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  const utf8 = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
  try {
    return new TextDecoder(marked ?? utf8 ?? charset).decode(bytes);
  } catch (error) {
    throw new FetchError('decode', `charset ${charset}`, { url: withoutSecrets(url), cause: error });
  }
}

function jsonOf(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FetchError('decode', 'not JSON', { url: withoutSecrets(url), cause: error });
  }
}
