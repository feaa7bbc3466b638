/** An element of a record, as far as the inventory needs it: names are local, all in one namespace. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  /** The text directly inside, stripped. */
  text: string;
}

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** Text of the first child of that name; empty when there is none. */
export const textOf = (element: XmlElement | undefined, name: string): string =>
  childrenOf(element, name)[0]?.text ?? '';

/** All elements at the end of a path of names. */
export const at = (element: XmlElement, ...path: string[]): XmlElement[] =>
  path.reduce<XmlElement[]>((found, name) => found.flatMap((one) => childrenOf(one, name)), [element]);

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character]!);

/** The element as a document of its own. */
export function serialise(element: XmlElement, namespace?: string): string {
  const attributes = Object.entries({
    ...(namespace === undefined ? {} : { xmlns: namespace }),
    ...element.attributes,
  }).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inside = escaped(element.text) + element.children.map((child) => serialise(child)).join('');
  return `<${element.name}${attributes.join('')}>${inside}</${element.name}>`;
}
