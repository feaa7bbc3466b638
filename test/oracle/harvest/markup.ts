import fc from 'fast-check';

/** An element of an invented XML document. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

type Part = Element | string | undefined | Part[];

const flat = (parts: Part[]): (Element | string)[] =>
  parts.flatMap((part) => (Array.isArray(part) ? flat(part) : part === undefined ? [] : [part]));

export const element = (name: string, attributes: Record<string, string>, ...parts: Part[]): Element => ({
  name,
  attributes,
  children: flat(parts),
});

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');

export function written(node: Element | string): string {
  if (typeof node === 'string') return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<${node.name}${attributes.join('')}>${node.children.map(written).join('')}</${node.name}>`;
}

const spoil = {
  remove: (parent: Element, at: number) => parent.children.splice(at, 1),
  repeat: (parent: Element, at: number) =>
    parent.children.splice(at, 0, structuredClone(parent.children[at] as Element)),
  empty: (parent: Element, at: number) => {
    (parent.children[at] as Element).children = [];
  },
  bare: (parent: Element, at: number) => {
    (parent.children[at] as Element).attributes = {};
  },
  rename: (parent: Element, at: number) => {
    (parent.children[at] as Element).name += 'Other';
  },
  comment: (parent: Element, at: number) => {
    const one = parent.children[at] as Element;
    one.children = [' before ', element('gmd:odd', {}), ...one.children];
  },
};

export interface Spoiling {
  at: number;
  how: keyof typeof spoil;
}

/** Ways to spoil a document: which of its elements, and how. */
export const spoilings = (most: number): fc.Arbitrary<Spoiling[]> =>
  fc.array(
    fc.record({
      at: fc.nat(),
      how: fc.constantFrom(...(Object.keys(spoil) as (keyof typeof spoil)[])),
    }),
    { maxLength: most },
  );

/** Removes, repeats, empties or renames some of the elements below the root. */
export function spoiled(root: Element, how: readonly Spoiling[]): Element {
  for (const { at, how: way } of how) {
    const places: [Element, number][] = [];
    const visit = (parent: Element) =>
      parent.children.forEach((child, index) => {
        if (typeof child === 'string') return;
        places.push([parent, index]);
        visit(child);
      });
    visit(root);
    const place = places[at % places.length];
    if (place) spoil[way](...place);
  }
  return root;
}
