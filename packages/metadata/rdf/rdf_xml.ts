import type { Quad, Term } from '@rdfjs/types';
import { iri, prefixes } from './vocabulary.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// What XML 1.0 cannot hold, not even escaped.
const impossible = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const escaped = (text: string) =>
  text.replace(impossible, '').replace(/[&<>"]/g, (character) => escapes[character]!);

/** Statements in RDF/XML: an element a subject, each property inside. Every property is one of the vocabularies'. */
export function rdfXml(quads: readonly Quad[]): string {
  const subjects = new Map<string, { term: Term; quads: Quad[] }>();
  for (const quad of quads) {
    const key = `${quad.subject.termType} ${quad.subject.value}`;
    const subject = subjects.get(key);
    if (subject) subject.quads.push(quad);
    else subjects.set(key, { term: quad.subject, quads: [quad] });
  }
  const declared = Object.entries(prefixes).map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`);
  const elements = [...subjects.values()].map(({ term, quads: own }) => element(term, own));
  return `<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF${declared.join('')}>\n${elements.join('\n')}\n</rdf:RDF>\n`;
}

function element(subject: Term, quads: readonly Quad[]): string {
  const type = quads.find(({ predicate }) => predicate.value === iri('rdf:type'));
  const name = (type && qualified(type.object.value)) ?? 'rdf:Description';
  const properties = quads
    .filter((quad) => quad !== type || name === 'rdf:Description')
    .map(({ predicate, object }) => `    ${property(qualified(predicate.value) ?? '', object)}`);
  return `  <${name} ${reference(subject, 'rdf:about')}>\n${properties.map((line) => `${line}\n`).join('')}  </${name}>`;
}

function property(name: string, object: Term): string {
  if (object.termType !== 'Literal') return `<${name} ${reference(object, 'rdf:resource')}/>`;
  const { language, datatype } = object;
  const kind = language
    ? ` xml:lang="${escaped(language)}"`
    : datatype.value === iri('xsd:string')
      ? ''
      : ` rdf:datatype="${escaped(datatype.value)}"`;
  return `<${name}${kind}>${escaped(object.value)}</${name}>`;
}

const reference = (term: Term, attribute: string): string =>
  term.termType === 'BlankNode' ? `rdf:nodeID="${term.value}"` : `${attribute}="${escaped(term.value)}"`;

/** The name with its prefix; undefined for one of another vocabulary. */
function qualified(address: string): string | undefined {
  const found = Object.entries(prefixes).find(([, namespace]) => address.startsWith(namespace));
  const local = found && address.slice(found[1].length);
  return local && /^[A-Za-z_][\w.-]*$/.test(local) ? `${found[0]}:${local}` : undefined;
}
