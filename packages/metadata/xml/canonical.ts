import type { XmlElement } from 'libxml2-wasm';

/**
 * An element by itself as Canonical XML 1.0. The library's own `canonicalizeToString` of an element asks back about
 * every node through an object made for it; a set of nodes it compares by address, in half the time.
 */
export const canonicalText = (element: XmlElement): string =>
  element.doc.canonicalizeToString({ nodeSet: new Set([element]) });
