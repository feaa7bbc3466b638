import type { Quad } from '@rdfjs/types';
import type { ContextDefinition } from 'jsonld';
import { Writer } from 'n3';
import type { Ending } from './endings.table.ts';
import { rdfXml } from './rdf_xml.ts';
import { iri, prefixes } from './vocabulary.ts';

export async function serialise(quads: Quad[], ending: Ending): Promise<string> {
  if (ending === 'rdf' || ending === 'xml') return rdfXml(quads);
  if (ending === 'jsonld') return jsonLd(quads);
  // Only what is used is declared, as readers expect.
  const used = Object.entries(prefixes).filter(([, namespace]) =>
    quads.some(({ predicate, object }) =>
      [predicate.value, object.value, object.termType === 'Literal' ? object.datatype.value : ''].some(
        (value) => value.startsWith(namespace),
      ),
    ),
  );
  const writer = new Writer({ prefixes: Object.fromEntries(used) });
  // All that is said of a node in one place.
  const bySubject = Object.values(
    Object.groupBy(quads, ({ subject }) => `${subject.termType} ${subject.value}`),
  );
  writer.addQuads(bySubject.flat() as Parameters<typeof writer.addQuads>[0]);
  return new Promise((resolve, reject) => {
    writer.end((error, result: string) => (error ? reject(error) : resolve(result)));
  });
}

async function jsonLd(quads: Quad[]): Promise<string> {
  const { default: jsonld } = await import('jsonld');
  const expanded = await jsonld.fromRDF(quads as unknown as object, { useNativeTypes: false });
  const type = iri('rdf:type');
  const context = Object.fromEntries(Object.entries(prefixes).filter(([prefix]) => prefix !== type));
  return JSON.stringify(await jsonld.compact(expanded, context as ContextDefinition, { graph: true }));
}
