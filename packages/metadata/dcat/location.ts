import type { Term } from '@rdfjs/types';
import { geoJsonFromWkt, isGeoJson } from '../geometry/wkt.ts';
import { geoJsonType, iri, type Name } from '../rdf/vocabulary.ts';
import { labelOf, lexical, type Reading } from './read_value.ts';

/** Where a dataset is about, as extras: `spatial*` are GeoJSON texts. */
export type Location = Partial<
  Record<'spatial_uri' | 'spatial_text' | 'spatial' | 'spatial_bbox' | 'spatial_centroid', string>
>;

/** Geometries of a place, by extra and property. */
export const geometries: readonly (readonly [keyof Location, Name])[] = [
  ['spatial', 'locn:geometry'],
  ['spatial_bbox', 'dcat:bbox'],
  ['spatial_centroid', 'dcat:centroid'],
];

/** All places together; of a kind of information the last place that has it counts. */
export function readLocation(reading: Reading, dataset: Term): Location {
  const { graph } = reading;
  const location: Location = {};
  for (const place of graph.objects(dataset, 'dct:spatial')) {
    if (place.termType === 'NamedNode') location.spatial_uri = place.value;
    if (place.termType === 'Literal') location.spatial_text = place.value;
    if (!graph.isA(place, 'dct:Location')) continue;
    const text = lexical(graph.objects(place, 'skos:prefLabel')[0]) ?? labelOf(reading, place);
    if (text) location.spatial_text = text;
    for (const [key, property] of geometries) {
      const geometry = geometryOf(graph.objects(place, property));
      if (geometry) location[key] = geometry;
    }
  }
  return location;
}

/** GeoJSON is taken as it is written, WKT is converted; what is neither is left out. */
function geometryOf(terms: readonly Term[]): string | undefined {
  for (const term of terms) {
    if (term.termType !== 'Literal') continue;
    const type = term.datatype.value;
    if ((type === geoJsonType || type === iri('xsd:string')) && isGeoJson(term.value)) return term.value;
    const geometry = type === iri('gsp:wktLiteral') ? geoJsonFromWkt(term.value) : undefined;
    if (geometry) return geometry;
  }
  return undefined;
}
