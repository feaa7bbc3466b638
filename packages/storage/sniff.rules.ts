export interface SniffedType {
  mediaType: string;
  /** With its dot; undefined when files of the type have no extension of their own. */
  extension: string | undefined;
}

const nothing: SniffedType = { mediaType: 'application/x-empty', extension: undefined };
const bytes: SniffedType = { mediaType: 'application/octet-stream', extension: undefined };

/** Comments end at their first end, so that hostile text is read through only once. */
const prologue = String.raw`(?:\s|<\?[^>]*>|<!--(?:(?!-->).)*-->|<!doctype svg\b[^>]*>)*`;

/** Types of text by how it begins, the first that fits. */
const texts = [
  { begins: new RegExp(`^${prologue}<svg\\b`, 'is'), mediaType: 'image/svg+xml', extension: '.svg' },
  { begins: /^\s*<\?xml\b/i, mediaType: 'text/xml', extension: '.xml' },
  {
    begins: new RegExp(`^${prologue}<(?:!doctype html|html|head|title|body|script)\\b`, 'is'),
    mediaType: 'text/html',
    extension: '.html',
  },
  { begins: /^/, mediaType: 'text/plain', extension: '.txt' },
];

/** Where CKAN's sniffer has another name than ours. */
const otherNames: Record<string, string> = {
  'image/apng': 'image/vnd.mozilla.apng',
  'image/x-icon': 'image/vnd.microsoft.icon',
};

/**
 * What a file is by its first bytes, whatever it is called. Never fails: what nothing else fits is
 * `application/octet-stream`. Source: CKAN asks libmagic; the names are its recorded answers.
 */
export async function sniffMediaType(head: Uint8Array): Promise<SniffedType> {
  if (head.byteLength === 0) return nothing;
  // Loaded with the first file: most processes never meet one.
  const { fileTypeFromBuffer } = await import('file-type');
  // A malformed file may make the library fail; it is then nothing that the library knows.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found && found.mime !== 'application/xml')
    return { mediaType: otherNames[found.mime] ?? found.mime, extension: `.${found.ext}` };
  const content = textOf(head);
  if (content === undefined) return bytes;
  const { mediaType, extension } = texts.find(({ begins }) => begins.test(content))!;
  return { mediaType, extension };
}

/** Latin-1 also stands for UTF-8 here: only ASCII tells types of text apart. One byte alone is no text to CKAN. */
function textOf(head: Uint8Array): string | undefined {
  if (head.byteLength < 2) return undefined;
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(head);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(head);
  const content = Buffer.from(head)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells bytes from text.
  return /[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/.test(content) ? undefined : content;
}
