import { type XmlNode, XmlXPath } from 'libxml2-wasm';

/**
 * Compiles an expression with the namespaces that it names: libxml2 is told of them at each evaluation, and for a
 * short path that costs more than the path does.
 */
export function compileXPath(source: string, namespaces: Readonly<Record<string, string>>): XmlXPath {
  const named = Object.entries(namespaces).filter(([prefix]) => source.includes(`${prefix}:`));
  return XmlXPath.compile(source, Object.fromEntries(named));
}

/**
 * Asks of many expressions at once which of them hold at a node, a path when it leads anywhere: one evaluation
 * instead of one each, of which most would find nothing.
 */
export function compileScan(
  sources: readonly string[],
  namespaces: Readonly<Record<string, string>>,
): (node: XmlNode) => boolean[] {
  const digits = sources.map((source) => `number(boolean(${source}))`);
  const scan = compileXPath(`concat(${[...digits, "''", "''"].join(', ')})`, namespaces);
  return (node) => Array.from(String(node.eval(scan)), (digit) => digit === '1');
}
