import { type XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';

/** A part of a message: words, or what an expression gives at the node. */
export type Words = string | { select: string };

export interface Rule {
  context: string;
  asserts: { test: string; message: Words[] }[];
}

export type Pattern = Rule[];

const sch = { sch: 'http://purl.oclc.org/dsdl/schematron' };

/** The concrete patterns of a Schematron schema: an `is-a` pattern is its abstract one with the parameters put in. */
export function expandPatterns(schema: XmlDocument): {
  namespaces: Record<string, string>;
  patterns: Pattern[];
} {
  const namespaces = Object.fromEntries(
    elements(schema.root, 'sch:ns').map((ns) => [attribute(ns, 'prefix'), attribute(ns, 'uri')]),
  );
  const all = elements(schema.root, 'sch:pattern');
  const abstract = new Map(
    all.filter((one) => one.attr('abstract')?.value === 'true').map((one) => [attribute(one, 'id'), one]),
  );
  const patterns = all
    .filter((one) => one.attr('abstract')?.value !== 'true')
    .map((pattern) => {
      const base = pattern.attr('is-a')?.value;
      const parameters = elements(pattern, 'sch:param').map((param): [string, string] => [
        attribute(param, 'name'),
        attribute(param, 'value'),
      ]);
      const source = base === undefined ? pattern : abstract.get(base);
      return source ? elements(source, 'sch:rule').map((rule) => readRule(rule, parameters)) : [];
    });
  return { namespaces, patterns: patterns.filter((rules) => rules.length > 0) };
}

function readRule(rule: XmlElement, parameters: [string, string][]): Rule {
  const filled = (text: string) =>
    parameters.reduce((result, [name, value]) => result.replaceAll(`$${name}`, value), text);
  return {
    context: filled(attribute(rule, 'context')),
    asserts: elements(rule, 'sch:assert').map((assert) => ({
      test: filled(attribute(assert, 'test')),
      message: readMessage(assert, filled),
    })),
  };
}

function readMessage(assert: XmlElement, filled: (text: string) => string): Words[] {
  const words: Words[] = [];
  for (let node = assert.firstChild; node; node = node.next)
    if (node instanceof XmlText) words.push(filled(node.content));
    else if (node instanceof XmlElement && node.name === 'value-of')
      words.push({ select: filled(attribute(node, 'select')) });
    else if (node instanceof XmlElement && node.name === 'name')
      words.push({ select: `name(${filled(node.attr('path')?.value ?? '.')})` });
  return words;
}

const elements = (of: XmlElement, path: string): XmlElement[] =>
  of.find(path, sch).filter((node) => node instanceof XmlElement);

const attribute = (element: XmlElement, name: string): string => element.attr(name)?.value ?? '';
