import { type XmlNode, XmlXPath } from 'libxml2-wasm';
import {
  XmlErrorStruct,
  XmlNodeSetStruct,
  XmlNodeStruct,
  XmlXPathObjectStruct,
  xmlGetLastError,
  xmlResetLastError,
  xmlXPathCompiledEval,
  xmlXPathFreeContext,
  xmlXPathFreeObject,
  xmlXPathNewContext,
  xmlXPathRegisterNs,
  xmlXPathSetContextNode,
} from 'libxml2-wasm/lib/libxml2.mjs';
import * as nodes from 'libxml2-wasm/lib/nodes.mjs';

// The library's own `find` and `eval` make a context for each evaluation and tell it the namespaces, letter by letter:
// for a short path that takes several times as long as the path does. Here a document has one context for all.

/** Not among the library's declared names. */
const { createNode } = nodes as unknown as { createNode(pointer: number): XmlNode };

type Namespaces = Readonly<Record<string, string>>;

/** An expression that is evaluated again and again. */
export interface XPath {
  readonly source: string;
  readonly compiled: XmlXPath;
  readonly namespaces: Namespaces;
}

/** @param namespaces by prefix; the same object for all expressions of one table */
export const compileXPath = (source: string, namespaces: Namespaces): XPath => ({
  source,
  compiled: XmlXPath.compile(source),
  namespaces,
});

/** What an expression gives at a node. */
export function evaluate(node: XmlNode, path: XPath): XmlNode[] | string | boolean | number {
  const result = pointerOf(path, node);
  try {
    switch (XmlXPathObjectStruct.type(result)) {
      case XmlXPathObjectStruct.Type.XPATH_NODESET:
        return nodesOf(result);
      case XmlXPathObjectStruct.Type.XPATH_BOOLEAN:
        return XmlXPathObjectStruct.boolval(result) !== 0;
      case XmlXPathObjectStruct.Type.XPATH_NUMBER:
        return XmlXPathObjectStruct.floatval(result);
      default:
        return XmlXPathObjectStruct.stringval(result);
    }
  } finally {
    xmlXPathFreeObject(result);
  }
}

/** The nodes that a path leads to. */
export function findNodes(node: XmlNode, path: XPath): XmlNode[] {
  const nodes = evaluate(node, path);
  if (!Array.isArray(nodes)) throw new TypeError(`${path.source} is no path`);
  return nodes;
}

/**
 * Asks of many expressions at once which of them hold at a node, a path when it leads anywhere: one evaluation
 * instead of one each, of which most would find nothing.
 */
export function compileScan(
  sources: readonly string[],
  namespaces: Namespaces,
): (node: XmlNode) => boolean[] {
  const digits = sources.map((source) => `number(boolean(${source}))`);
  const scan = compileXPath(`concat(${[...digits, "''", "''"].join(', ')})`, namespaces);
  return (node) => Array.from(String(evaluate(node, scan)), (digit) => digit === '1');
}

/** Contexts of the document that was asked last, by what its expressions call namespaces. */
const contexts = { document: 0, of: new Map<Namespaces, number>() };

/** Forgets what belongs to a document that is about to be freed. */
export function closeContexts(): void {
  for (const context of contexts.of.values()) xmlXPathFreeContext(context);
  contexts.of.clear();
  contexts.document = 0;
}

function contextOf(document: number, namespaces: Namespaces): number {
  if (contexts.document !== document) closeContexts();
  contexts.document = document;
  let context = contexts.of.get(namespaces);
  if (context === undefined) {
    context = xmlXPathNewContext(document);
    for (const [prefix, uri] of Object.entries(namespaces)) xmlXPathRegisterNs(context, prefix, uri);
    contexts.of.set(namespaces, context);
  }
  return context;
}

/** @throws Error that names what cannot be evaluated: an unknown prefix or function */
function pointerOf({ source, compiled, namespaces }: XPath, node: XmlNode): number {
  const { _nodePtr: at } = node as unknown as { _nodePtr: number };
  const { _ptr: expression } = compiled as unknown as { _ptr: number };
  const context = contextOf(XmlNodeStruct.doc(at), namespaces);
  xmlXPathSetContextNode(at, context);
  xmlResetLastError();
  const result = xmlXPathCompiledEval(expression, context);
  if (result !== 0) return result;
  const error = xmlGetLastError();
  const said = error === 0 ? '' : `: ${XmlErrorStruct.message(error).trim()}`;
  throw new Error(`XPath expression ${source} cannot be evaluated${said}`);
}

function nodesOf(result: number): XmlNode[] {
  const set = XmlXPathObjectStruct.nodesetval(result);
  const count = set === 0 ? 0 : XmlNodeSetStruct.nodeCount(set);
  return count === 0 ? [] : Array.from(XmlNodeSetStruct.nodeTable(set, count), (node) => createNode(node));
}
