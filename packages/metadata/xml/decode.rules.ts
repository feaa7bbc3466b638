import { orWindows1252 } from '@portolan/kernel';

const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/**
 * The text of an XML document: by its byte order mark, else by how its first bytes look, else by the charset that
 * came with it, else by its own declaration, else UTF-8. A declaration of UTF-16 in a document whose bytes are plainly
 * not is passed over (appendix F of XML 1.0). What is not UTF-8 and does not say so is Windows-1252.
 */
export function decodeXml(bytes: Uint8Array, contentType = ''): string {
  const marked = byMark(bytes);
  if (marked) return decode(bytes, marked);
  const charset = /charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trimStart();
  for (const name of [charset, declared.exec(head)?.[1]])
    if (name !== undefined && !/^(utf-?16|utf-?32|ucs)/i.test(name) && known(name))
      return decode(bytes, name);
  return orWindows1252(decode(bytes, 'utf-8'), bytes);
}

function byMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return undefined;
}

const decode = (bytes: Uint8Array, name: string): string => new TextDecoder(name).decode(bytes);

function known(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false; // An encoding that nobody knows: the next guess may do.
  }
}

/** What is stored of a document: from its first `<` on, without the XML declaration. @returns undefined when there is no `<` */
export function cleanXml(text: string): string | undefined {
  const start = text.indexOf('<');
  if (start < 0) return undefined;
  return text
    .slice(start)
    .replace(/^<\?xml\s[^>]*\?>\s*/, '')
    .replaceAll('\0', '');
}
