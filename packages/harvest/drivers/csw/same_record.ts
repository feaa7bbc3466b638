import { canonicalText, standaloneText, withXml } from '@portolan/metadata';

/** Characters of a text that is looked at more closely: of longer ones that would take whatever time their author likes. */
const longest = 2 ** 20;

/**
 * Whether two texts are the same record: but for the blanks between elements, which a server sets by how deep in its
 * answer the record stands, and for the place where namespaces are declared.
 */
export function sameRecord(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.max(one.length, other.length) > longest) return false;
  try {
    return plain(one) === plain(other);
  } catch {
    return false; // What is no XML is the same as itself only.
  }
}

const plain = (text: string): string =>
  withXml(text, ({ root }) => standaloneText(canonicalText(root))).replaceAll(/>\s+</g, '><');
