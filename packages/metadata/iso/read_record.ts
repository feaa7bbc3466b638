import { type XmlDocument, XmlElement, type XmlNode, XmlXPath } from 'libxml2-wasm';
import type { Field } from './field.ts';
import { type IsoValues, isoFields } from './fields.table.ts';
import { isoNamespaces } from './namespaces.ts';

/**
 * Reads all values of an ISO 19139 record. Texts are verbatim, blanks and all; what is missing is `''` or `[]`.
 */
export function readIsoRecord(document: XmlDocument): IsoValues {
  return readFields(document.root, isoFields) as unknown as IsoValues;
}

/** Reads one value, by its name in the table. */
export function readIsoValue<Name extends keyof IsoValues>(
  document: XmlDocument,
  name: Name,
): IsoValues[Name] {
  const field = isoFields.find((one) => one.name === name);
  return (field && readField(document.root, field)) as IsoValues[Name];
}

const readFields = (node: XmlNode, fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field.name, readField(node, field)]));

function readField(node: XmlNode, field: Field): unknown {
  const hits = firstHits(node, pathsOf(field));
  const single = field.cardinality === '1' || field.cardinality === '0..1';
  const values = (single ? hits.slice(0, 1) : hits).map((hit) => contentOf(hit, field));
  return single ? (values[0] ?? '') : values;
}

function firstHits(node: XmlNode, paths: readonly XmlXPath[]): XmlNode[] {
  for (const path of paths) {
    const hits = node.find(path);
    if (hits.length > 0) return hits;
  }
  return [];
}

function contentOf(hit: XmlNode, field: Field): unknown {
  if (field.parts) return readFields(hit, field.parts);
  return hit instanceof XmlElement ? hit.canonicalizeToString() : hit.content;
}

const compiled = new Map<Field, XmlXPath[]>();

/** Compiled once in the life of the process; there are as many as the table has paths. */
function pathsOf(field: Field): XmlXPath[] {
  let paths = compiled.get(field);
  if (!paths) {
    paths = [...field.paths, ...anchored(field.paths)].map((path) => XmlXPath.compile(path, isoNamespaces));
    compiled.set(field, paths);
  }
  return paths;
}

const text = '/gco:CharacterString/text()';

/**
 * GEMINI 2.3 writes many texts as links: they are read where no plain text is, by the words of the link, and for
 * constraints, which often have none, by where it leads.
 */
function anchored(paths: readonly string[]): string[] {
  const plain = paths.filter((path) => path.endsWith(text)).map((path) => path.slice(0, -text.length));
  return [
    ...plain.map((path) => `${path}/gmx:Anchor/text()`),
    ...plain
      .filter((path) => /:(otherConstraints|useLimitation)$/.test(path))
      .map((path) => `${path}/gmx:Anchor/@xlink:href`),
  ];
}
