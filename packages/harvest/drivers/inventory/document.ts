import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { StructureCheck } from './structure.rules.ts';
import type { XmlElement } from './xml_element.ts';

/** Namespace of the LGA's and ESD's inventories. */
export const namespace = 'http://schemas.esd.org.uk/inventory';

/** A document is not well-formed. */
export class MalformedInventory extends Error {}

/** Elements inside each other, at most: a record has seven. */
const deepest = 64;

const pieceLength = 65_536;

/**
 * The elements called `name` one after the other, each complete, and none of them kept. `around` is the document's root
 * with its identifier, as far as it has been read: whatever else stands there is not kept either.
 * @param check sees every element
 * @throws MalformedInventory
 */
export function* elementsOf(
  text: string,
  name: string,
  check?: StructureCheck,
): Generator<{ element: XmlElement; around: XmlElement | undefined }> {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  const done: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => {
    throw new MalformedInventory(error.message);
  });
  parser.on('opentag', (tag) => {
    check?.open(tag, parser.line);
    const element = elementOf(tag);
    root ??= element;
    open.push(element);
    if (open.length > deepest) throw new MalformedInventory('Elements are nested too deeply');
  });
  const add = (more: string) => {
    const current = open.at(-1);
    if (current) current.text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => {
    check?.close();
    const element = open.pop()!;
    element.text = element.text.trim();
    if (element.name === name) done.push(element);
    else if (element.name === 'Identifier' || open.some((one) => one.name === name))
      open.at(-1)?.children.push(element);
  });
  for (let from = 0; from < text.length; from += pieceLength) {
    parser.write(text.slice(from, from + pieceLength));
    for (const element of done.splice(0)) yield { element, around: root };
  }
  parser.close();
  for (const element of done.splice(0)) yield { element, around: root };
}

function elementOf({ local, attributes }: SaxesTagNS): XmlElement {
  const own = Object.values(attributes).filter(({ prefix, local: key }) => prefix === '' && key !== 'xmlns');
  return {
    name: local,
    attributes: Object.fromEntries(own.map(({ local: key, value }) => [key, value])),
    children: [],
    text: '',
  };
}
