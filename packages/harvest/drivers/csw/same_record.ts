import { canonicalText, standaloneText, withXml } from '@portolan/metadata';
import { type Limits, limited } from '../../thread/limited.ts';

/**
 * Whether two texts are the same record: but for the blanks between elements, which a server sets by how deep in its
 * answer the record stands, and for the place where namespaces are declared.
 * @throws TooMuchWork
 */
export async function sameRecord(limits: Limits, one: string, other: string): Promise<boolean> {
  return one === other || compareLimited(limits, one, other);
}

/** Of texts that are not the same. */
export function saysTheSame(one: string, other: string): boolean {
  try {
    return plain(one) === plain(other);
  } catch {
    return false; // What is no XML is the same as itself only.
  }
}

const compareLimited = limited(import.meta.url, saysTheSame);

const plain = (text: string): string =>
  withXml(text, ({ root }) => standaloneText(canonicalText(root))).replaceAll(/>\s+</g, '><');
