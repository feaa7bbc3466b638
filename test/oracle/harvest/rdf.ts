import { escaped } from './markup.ts';

export interface Literal {
  text: string;
  language?: string;
  type?: string;
}
export interface Iri {
  iri: string;
}
/** A node of an invented graph; without an address it is blank. */
export interface Node {
  iri?: string;
  type?: string;
  says: [predicate: string, value: Value][];
}
export type Value = Literal | Iri | Node;

/** Prefixes that names are written with. */
export const prefixes: Record<string, string> = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  adms: 'http://www.w3.org/ns/adms#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  schema: 'http://schema.org/',
  locn: 'http://www.w3.org/ns/locn#',
  gsp: 'http://www.opengis.net/ont/geosparql#',
  owl: 'http://www.w3.org/2002/07/owl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  time: 'http://www.w3.org/2006/time#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const full = (name: string): string =>
  name.replace(/^(\w+):(?!\/\/)/, (whole, prefix: string) => prefixes[prefix] ?? whole);
const isNode = (value: Value): value is Node => 'says' in value;

export function turtle(nodes: readonly Node[]): string {
  const quoted = (text: string) => JSON.stringify(text).replace(/\u007f/g, '\\u007F');
  const written = (value: Value): string => {
    if ('text' in value)
      return `${quoted(value.text)}${value.language ? `@${value.language}` : value.type ? `^^<${full(value.type)}>` : ''}`;
    if (!isNode(value)) return `<${value.iri}>`;
    return value.iri === undefined ? `[ ${said(value)} ]` : `<${value.iri}>`;
  };
  const said = ({ type, says }: Node) =>
    [
      ...(type ? [`a <${full(type)}>`] : []),
      ...says.map(([name, value]) => `<${full(name)}> ${written(value)}`),
    ].join(' ;\n  ');
  // Nodes with an address stand on their own.
  const named = (node: Node): Node[] => [
    node,
    ...node.says.flatMap(([, value]) => (isNode(value) ? named(value) : [])).filter((one) => one !== node),
  ];
  const all = nodes.flatMap(named);
  return all
    .filter(
      (node, at) => node.says.length > 0 && (node.iri !== undefined || (nodes.includes(node) && at >= 0)),
    )
    .map((node) => `${node.iri === undefined ? '[]' : `<${node.iri}>`} ${said(node)} .`)
    .join('\n');
}

export function rdfXml(nodes: readonly Node[]): string {
  const node = ({ iri, type, says }: Node): string => {
    const name = type ?? 'rdf:Description';
    return `<${name}${iri === undefined ? '' : ` rdf:about="${escaped(iri)}"`}>${says
      .map(([predicate, value]) => property(predicate, value))
      .join('\n')}</${name}>`;
  };
  const property = (name: string, value: Value): string => {
    if ('text' in value) {
      const kind = value.language
        ? ` xml:lang="${value.language}"`
        : value.type
          ? ` rdf:datatype="${full(value.type)}"`
          : '';
      return `<${name}${kind}>${escaped(value.text)}</${name}>`;
    }
    return isNode(value)
      ? `<${name}>${node(value)}</${name}>`
      : `<${name} rdf:resource="${escaped(value.iri)}"/>`;
  };
  const names = Object.entries(prefixes).map(([prefix, address]) => ` xmlns:${prefix}="${address}"`);
  return `<?xml version="1.0"?>\n<rdf:RDF${names.join('')}>\n${nodes.map(node).join('\n')}\n</rdf:RDF>`;
}

export function jsonLd(nodes: readonly Node[]): string {
  const written = (value: Value): object => {
    if ('text' in value)
      return {
        '@value': value.text,
        ...(value.language
          ? { '@language': value.language }
          : value.type
            ? { '@type': full(value.type) }
            : {}),
      };
    return isNode(value) ? node(value) : { '@id': value.iri };
  };
  const node = ({ iri, type, says }: Node): object => {
    const found: Record<string, object[]> = {};
    for (const [name, value] of says) {
      const values = found[full(name)] ?? [];
      values.push(written(value));
      found[full(name)] = values;
    }
    return {
      ...(iri === undefined ? {} : { '@id': iri }),
      ...(type ? { '@type': [full(type)] } : {}),
      ...found,
    };
  };
  return JSON.stringify(nodes.map(node));
}
