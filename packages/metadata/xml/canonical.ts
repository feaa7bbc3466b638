import { XmlElement } from 'libxml2-wasm';
import { withXml } from './document.ts';

/**
 * An element by itself as Canonical XML 1.0, with what it inherits. The library's own `canonicalizeToString` of an element
 * asks back about every node of the whole document: cut out first, an element costs what it is long, also where it is
 * one of a hundred records of an answer.
 */
export const canonicalText = (element: XmlElement): string =>
  withXml(cutOut(element), (document) => document.canonicalizeToString());

/** The element as a document of its own: what its ancestors declare stands on its first tag. */
function cutOut(element: XmlElement): string {
  const text = element.toString({ format: false });
  const name = /^<[^\s/>]+/.exec(text)?.[0] ?? '';
  return `${name}${inherited(element)}${text.slice(name.length)}`;
}

/** Namespaces and `xml:` attributes (`xml:lang`) that the element has from its ancestors, the nearest of each. */
function inherited(element: XmlElement): string {
  const nearest = new Map<string, string>();
  const own = declarationsOf(element);
  for (let at = element.parent; at instanceof XmlElement; at = at.parent)
    for (const [name, value] of declarationsOf(at))
      if (!own.has(name) && !nearest.has(name)) nearest.set(name, value);
  return [...nearest]
    .filter(([name, value]) => name !== 'xmlns' || value !== '')
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

function declarationsOf(element: XmlElement): Map<string, string> {
  const declared = Object.entries(element.nsDeclarations).map(([prefix, uri]): [string, string] => [
    prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
    uri,
  ]);
  const general = element.attrs
    .filter(({ prefix }) => prefix === 'xml')
    .map(({ name, value }): [string, string] => [`xml:${name}`, value]);
  return new Map([...declared, ...general]);
}

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' };
const escaped = (value: string): string =>
  value.replace(/[&<"\t\n\r]/g, (one) => references[one] ?? `&#${one.charCodeAt(0)};`);
