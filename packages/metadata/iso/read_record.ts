import { type XmlDocument, XmlElement, type XmlNode } from 'libxml2-wasm';
import { canonicalText } from '../xml/canonical.ts';
import { compileScan, compileXPath, findNodes, type XPath } from '../xml/xpath.ts';
import type { Field } from './field.ts';
import { type IsoValues, isoFields } from './fields.table.ts';
import { isoNamespaces } from './namespaces.ts';

export interface Reading {
  /** Texts that are written as links are read where no plain text is. */
  anchors: boolean;
}

/**
 * Reads all values of an ISO 19139 record. Texts are verbatim, blanks and all; what is missing is `''` or `[]`.
 */
export function readIsoRecord(document: XmlDocument, reading: Reading = { anchors: true }): IsoValues {
  return readFields(document.root, isoFields, reading) as unknown as IsoValues;
}

/** Reads one value, by its name in the table. */
export function readIsoValue<Name extends keyof IsoValues>(
  document: XmlDocument,
  name: Name,
): IsoValues[Name] {
  return readFields(document.root, tableOf(name), { anchors: true })[name] as IsoValues[Name];
}

const tables = new Map<string, readonly Field[]>();

/** The table of one value; always the same one, since what is compiled of it is kept. */
function tableOf(name: string): readonly Field[] {
  const table = tables.get(name) ?? isoFields.filter((one) => one.name === name);
  tables.set(name, table);
  return table;
}

/** A table, or a part of one, as it is evaluated: compiled once in the life of the process. */
interface Reader {
  /** Tells of each path, field by field, whether it leads anywhere. */
  scan: (node: XmlNode) => boolean[];
  fields: { field: Field; paths: XPath[] }[];
}

const readers = { plain: new Map<readonly Field[], Reader>(), anchors: new Map<readonly Field[], Reader>() };

function readerOf(fields: readonly Field[], { anchors }: Reading): Reader {
  const compiled = anchors ? readers.anchors : readers.plain;
  let reader = compiled.get(fields);
  if (!reader) {
    const sources = fields.map((field) => [...field.paths, ...(anchors ? anchored(field.paths) : [])]);
    reader = {
      scan: compileScan(sources.flat(), isoNamespaces),
      fields: fields.map((field, index) => ({
        field,
        paths: (sources[index] ?? []).map((source) => compileXPath(source, isoNamespaces)),
      })),
    };
    compiled.set(fields, reader);
  }
  return reader;
}

function readFields(node: XmlNode, fields: readonly Field[], reading: Reading): Record<string, unknown> {
  const reader = readerOf(fields, reading);
  const found = reader.scan(node);
  let at = 0;
  return Object.fromEntries(
    reader.fields.map(({ field, paths }) => {
      const first = at;
      at += paths.length;
      // Of the paths of a field the first that leads anywhere gives all values.
      const path = paths.find((_, index) => found[first + index]);
      return [field.name, readField(path ? findNodes(node, path) : [], field, reading)];
    }),
  );
}

function readField(hits: XmlNode[], field: Field, reading: Reading): unknown {
  const single = field.cardinality === '1' || field.cardinality === '0..1';
  const values = (single ? hits.slice(0, 1) : hits).map((hit) => contentOf(hit, field, reading));
  return single ? (values[0] ?? '') : values;
}

function contentOf(hit: XmlNode, field: Field, reading: Reading): unknown {
  if (field.parts) return readFields(hit, field.parts, reading);
  return hit instanceof XmlElement ? canonicalText(hit) : hit.content;
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
