import type { Quad_Subject } from '@rdfjs/types';
import { wktFromGeoJson } from '../geometry/wkt.ts';
import { resource, type Statements, text, typed } from '../rdf/statements.ts';
import { isIri } from '../rdf/vocabulary.ts';
import { geometries } from './location.ts';
import { textOf } from './write_value.ts';

/** Where the dataset is about; geometries as WKT, which every reader knows. */
export function writeLocation(
  statements: Statements,
  dataset: Quad_Subject,
  told: (key: string) => unknown,
): void {
  const uri = textOf(told('spatial_uri'));
  const name = textOf(told('spatial_text'));
  const shapes = geometries.flatMap(([key, property]) => {
    const wkt = wktFromGeoJson(textOf(told(key)));
    return wkt ? [{ property, wkt }] : [];
  });
  if (!uri && !name && shapes.length === 0) return;
  const place = placeOf(statements, dataset, uri);
  if (name) statements.add(place, 'skos:prefLabel', text(name));
  for (const { property, wkt } of shapes) statements.add(place, property, typed(wkt, 'gsp:wktLiteral'));
}

function placeOf(statements: Statements, dataset: Quad_Subject, uri: string): Quad_Subject {
  if (!isIri(uri)) return statements.node(dataset, 'dct:spatial', 'dct:Location');
  const place = resource(uri);
  statements.add(dataset, 'dct:spatial', place);
  statements.type(place, 'dct:Location');
  return place;
}
