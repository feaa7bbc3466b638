import { XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm';
import { compileScan, compileXPath, evaluate, findNodes, type XPath } from '../xml/xpath.ts';
import type { Finding } from './finding.ts';
import { readSchemaFile } from './schema_files.ts';
import { expandPatterns, type Pattern, type Rule } from './schematron_patterns.ts';

interface Compiled {
  patterns: CompiledRule[][];
  /** Tells of each rule, pattern by pattern, whether a node fails it. */
  scan: (node: XmlNode) => boolean[];
}

interface CompiledRule {
  context: XPath;
  /** The nodes of the context that fail any of the asserts. */
  failing: XPath;
  asserts: { test: XPath; source: string; message: MessagePart[] }[];
}

type MessagePart = string | XPath;

const compiled = new Map<string, Compiled>();

/**
 * Checks a record by a Schematron schema of the folder (ISO 19757-3 with XPath 1.0). In each pattern a node is
 * judged by the first rule whose context it is. A text is told once, with its first place.
 */
export function validateSchematron(document: XmlDocument, schema: string): Finding[] {
  const findings = new Map<string, Finding>();
  const { patterns, scan } = schematronOf(schema);
  const failed = scan(document.root).values();
  for (const rules of patterns)
    for (const [index, { failing, asserts }] of rules.entries()) {
      if (failed.next().value !== true) continue;
      for (const node of findNodes(document.root, failing)) {
        if (isJudged(document, rules.slice(0, index), node)) continue;
        for (const { test, source, message } of asserts) {
          if (truth(evaluate(node, test))) continue;
          const text = textOf(message, node).trim();
          if (findings.has(text)) continue;
          const details = `Error Message: "${text}"  Error Location: "${locationOf(node)}"  Error Assert: "${source}"`;
          findings.set(text, { message: details, line: null });
        }
      }
    }
  return [...findings.values()];
}

/** Whether an earlier rule of the pattern has the node for its context. */
const isJudged = (document: XmlDocument, earlier: CompiledRule[], node: XmlNode): boolean =>
  earlier.some(({ context }) => findNodes(document.root, context).some((one) => one.isSameNode(node)));

function schematronOf(name: string): Compiled {
  let schema = compiled.get(name);
  if (!schema) {
    const source = XmlDocument.fromBuffer(readSchemaFile(name));
    schema = compile(expandPatterns(source));
    source.dispose();
    compiled.set(name, schema);
  }
  return schema;
}

const compile = ({
  namespaces,
  patterns,
}: {
  namespaces: Record<string, string>;
  patterns: Pattern[];
}): Compiled => {
  const path = (source: string) => compileXPath(source, namespaces);
  return {
    scan: compileFailures(patterns.flat(), namespaces),
    patterns: patterns.map((rules) =>
      rules.map((rule) => ({
        context: path(anywhere(rule.context)),
        failing: path(failingOf(rule)),
        asserts: rule.asserts.map(({ test, message }) => ({
          test: path(test),
          source: test.trim().replace(/\s+/g, ' '),
          message: message.map((part) => (typeof part === 'string' ? part : path(part.select))),
        })),
      })),
    ),
  };
};

/** ISO's rules reach elements that stand in for others, too; hardly any record has one, and looking for them reads it whole. */
const standIn = /^\/\/\*\[@gco:isoType\s*=/;

/** Tells of each rule whether a node fails it; stand-ins are looked for, rule by rule, only in a record that has any. */
function compileFailures(rules: Rule[], namespaces: Record<string, string>): (node: XmlNode) => boolean[] {
  const all = compileScan(rules.map(failingOf), namespaces);
  const plain = rules.map((rule) => {
    const own = alternatives(rule.context).filter((one) => !standIn.test(one));
    return own.length > 0 ? failingOf({ ...rule, context: own.join(' | ') }) : failingOf(rule);
  });
  if (rules.every((rule) => !alternatives(rule.context).some((one) => standIn.test(one)))) return all;
  const some = compileScan(plain, namespaces);
  const hasStandIns = compileXPath('boolean(//@gco:isoType)', namespaces);
  return (node) => (evaluate(node, hasStandIns) === true ? all(node) : some(node));
}

/** The nodes of a rule's context that fail any of its asserts. One look at the document for all: few records fail many. */
const failingOf = ({ context, asserts }: Rule): string =>
  `(${anywhere(context)})[${asserts.map(({ test }) => `not(${test})`).join(' or ') || 'false()'}]`;

/** A rule's context matches wherever it stands; as a path from the root that is `//`. */
const anywhere = (context: string): string => alternatives(context).join(' | ');

const alternatives = (context: string): string[] =>
  topLevelUnion(context).map((one) => (one.startsWith('/') ? one : `//${one}`));

function topLevelUnion(context: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of context) {
    if (character === '[' || character === '(') depth++;
    if (character === ']' || character === ')') depth--;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

const truth = (value: XmlNode[] | string | boolean | number): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value);

const textOf = (message: MessagePart[], node: XmlNode): string =>
  message
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = evaluate(node, part);
      return Array.isArray(value) ? (value[0]?.content ?? '') : String(value);
    })
    .join('');

/** The node's path in the form of SVRL: a position only where siblings share the name. */
function locationOf(node: XmlNode): string {
  const steps: string[] = [];
  for (let at: XmlNode | null = node; at; at = at.parent) {
    const { name, namespaceUri } = at as XmlElement;
    const self = `local-name()='${name}' and namespace-uri()='${namespaceUri}'`;
    const before = at.eval(`count(preceding-sibling::*[${self}])`) as number;
    const after = at.eval(`count(following-sibling::*[${self}])`) as number;
    steps.unshift(`/*[${self}]${before + after > 0 ? `[${before + 1}]` : ''}`);
  }
  return steps.join('');
}
