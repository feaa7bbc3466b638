import { canonicalText, standaloneText, withXml } from '@portolan/metadata';

/**
 * Whether two texts are the same record: but for the blanks between elements, which a server sets by how deep in its
 * answer the record stands, and for the place where namespaces are declared.
 */
export function sameRecord(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return plain(one) === plain(other);
  } catch {
    return false; // What is no XML is the same as itself only.
  }
}

const plain = (text: string): string =>
  withXml(text, ({ root }) => standaloneText(canonicalText(root))).replaceAll(/>\s+</g, '><');
