import { ParseOption, XmlDocument, XmlParseError } from 'libxml2-wasm';
import { closeContexts } from './xpath.ts';

/** A document that is not read: not well-formed, too deep, too big, or with a DOCTYPE. */
export class UnreadableXml extends Error {}

/** Characters of a record; one of GEMINI has some 20,000. */
const longest = 10 * 2 ** 20;
/**
 * Parses a record's text, which is Unicode already: what its XML declaration says of an encoding is of no matter.
 * The parser itself refuses elements more than 256 deep.
 * Nothing is loaded from outside and no entity is ever expanded, since a DOCTYPE ends it before the parser sees it.
 * The caller disposes of the document.
 * @throws UnreadableXml with the parser's words and the line
 */
export function parseXml(text: string): XmlDocument {
  if (text.length > longest) throw new UnreadableXml(`Document is longer than ${longest} characters`);
  if (hasDoctype(text)) throw new UnreadableXml('Document contains a DOCTYPE, which is not allowed');
  const option = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES;
  try {
    // As bytes: the library copies a text into its memory letter by letter.
    return XmlDocument.fromBuffer(Buffer.from(withoutDeclaration(text)), { option });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    const [first] = error.details;
    // Twice, as lxml has it of a text.
    const place = first ? `, line ${first.line}, column ${first.col} (<string>, line ${first.line})` : '';
    throw new UnreadableXml(`${(first?.message ?? error.message).trim()}${place}`, { cause: error });
  }
}

/** Parses, hands over, and frees, whatever happens. @throws UnreadableXml */
export function withXml<Result>(text: string, use: (document: XmlDocument) => Result): Result {
  const document = parseXml(text);
  try {
    return use(document);
  } finally {
    closeContexts();
    document.dispose();
  }
}

const withoutDeclaration = (text: string): string => text.replace(/^\s*<\?xml\s[^>]*\?>/, '');

/** Whether a document type declaration stands before the root element. */
function hasDoctype(text: string): boolean {
  for (let at = 0; ; ) {
    at = text.indexOf('<', at);
    if (at < 0) return false;
    const ending = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : undefined;
    if (ending === undefined) return text.startsWith('<!', at);
    const end = text.indexOf(ending, at + 2);
    if (end < 0) return false;
    at = end + ending.length;
  }
}
