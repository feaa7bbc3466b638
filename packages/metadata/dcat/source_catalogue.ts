import type { Term } from '@rdfjs/types';
import type { Graph } from '../rdf/graph.ts';
import type { Field } from './field.ts';
import { type Reading, readFields, type Value } from './read_value.ts';

/** Of the catalogue inside another that a dataset comes from, behind `source_catalog_`. */
const catalogueFields: readonly Field[] = [
  { key: 'title', property: 'dct:title', kind: 'text' },
  { key: 'description', property: 'dct:description', kind: 'text' },
  { key: 'homepage', property: 'foaf:homepage', kind: 'iri' },
  { key: 'language', property: 'dct:language', kind: 'text' },
  { key: 'modified', property: 'dct:modified', kind: 'date' },
];

/** What a catalogue's publisher is told by. */
export type ReadPublisher = (catalogue: Term) => Record<string, Value>;

/**
 * Tells of each dataset the catalogue that it comes from, where that is one inside the graph's own: what ckanext-dcat
 * does when `expose_subcatalogs` is on.
 */
export function sourceCatalogues(
  reading: Reading,
  publisher: ReadPublisher,
): (dataset: Term) => Record<string, Value> {
  const inside = partCatalogues(reading.graph);
  return (dataset) => {
    const catalogue = inside.get(keyOf(dataset));
    if (!catalogue) return {};
    const named = publisher(catalogue);
    return {
      ...readFields(reading, catalogue, catalogueFields, 'source_catalog_'),
      ...(Object.keys(named).length > 0 ? { source_catalog_publisher: JSON.stringify(named) } : {}),
    };
  };
}

/** By dataset the first catalogue that holds it and is part of another. */
function partCatalogues(graph: Graph): Map<string, Term> {
  const catalogues = [...graph.instances('dcat:Catalog')];
  const parts = new Set(
    catalogues.flatMap((catalogue) =>
      [...graph.objects(catalogue, 'dct:hasPart'), ...graph.objects(catalogue, 'dcat:catalog')].map(keyOf),
    ),
  );
  const inside = new Map<string, Term>();
  for (const catalogue of catalogues.filter((one) => parts.has(keyOf(one))))
    for (const dataset of graph.objects(catalogue, 'dcat:dataset'))
      if (!inside.has(keyOf(dataset))) inside.set(keyOf(dataset), catalogue);
  return inside;
}

const keyOf = ({ termType, value }: Term): string => `${termType} ${value}`;
