import type { Term } from '@rdfjs/types';
import type { Graph } from '../rdf/graph.ts';
import type { Field } from './field.ts';
import { type Reading, readFields, type Value } from './read_value.ts';

/** Of the catalogue that a dataset comes from, behind `source_catalog_`. */
const catalogueFields: readonly Field[] = [
  { key: 'title', property: 'dct:title', kind: 'text' },
  { key: 'description', property: 'dct:description', kind: 'text' },
  { key: 'homepage', property: 'foaf:homepage', kind: 'iri' },
  { key: 'language', property: 'dct:language', kind: 'text' },
  { key: 'modified', property: 'dct:modified', kind: 'date' },
];

/** What is told of a catalogue's publisher, whether or not it is known. */
const ofPublisher = ['uri', 'name', 'email', 'url', 'type', 'identifier'];

/** What a catalogue's publisher is told by. */
export type ReadPublisher = (catalogue: Term) => Record<string, Value>;

/** Extras of a dataset; its catalogue's publisher is not yet a JSON text. */
export type SourceCatalogue = Record<string, Value | Record<string, Value>>;

/**
 * Tells of each dataset the catalogue that it comes from: one inside the graph's own before that one. It is what
 * ckanext-dcat does when `expose_subcatalogs` is on.
 */
export function sourceCatalogues(
  reading: Reading,
  publisher: ReadPublisher,
): (dataset: Term) => SourceCatalogue {
  const catalogues = cataloguesOf(reading.graph);
  return (dataset) => {
    const catalogue = catalogues.get(keyOf(dataset));
    if (!catalogue) return {};
    const named = publisher(catalogue);
    const all = Object.fromEntries(ofPublisher.map((key) => [key, named[key] ?? '']));
    return {
      ...readFields(reading, catalogue, catalogueFields, 'source_catalog_'),
      ...(Object.keys(named).length > 0 ? { source_catalog_publisher: all } : {}),
    };
  };
}

/** By dataset the first catalogue that holds it, those that are part of another before the others. */
function cataloguesOf(graph: Graph): Map<string, Term> {
  const catalogues = [...graph.instances('dcat:Catalog')];
  const parts = new Set(
    catalogues.flatMap((catalogue) =>
      [...graph.objects(catalogue, 'dct:hasPart'), ...graph.objects(catalogue, 'dcat:catalog')].map(keyOf),
    ),
  );
  const isPart = (catalogue: Term) => parts.has(keyOf(catalogue));
  const holding = new Map<string, Term>();
  for (const catalogue of [...catalogues.filter(isPart), ...catalogues.filter((one) => !isPart(one))])
    for (const dataset of graph.objects(catalogue, 'dcat:dataset'))
      if (!holding.has(keyOf(dataset))) holding.set(keyOf(dataset), catalogue);
  return holding;
}

const keyOf = ({ termType, value }: Term): string => `${termType} ${value}`;
