/** The vocabularies that catalogues use, by their customary prefixes. */
export const prefixes = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  gsp: 'http://www.opengis.net/ont/geosparql#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  locn: 'http://www.w3.org/ns/locn#',
  owl: 'http://www.w3.org/2002/07/owl#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'http://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  time: 'http://www.w3.org/2006/time#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** A term of one of the vocabularies: `dct:title`. */
export type Name = `${keyof typeof prefixes}:${string}`;

export function iri(name: Name): string {
  const colon = name.indexOf(':');
  return prefixes[name.slice(0, colon) as keyof typeof prefixes] + name.slice(colon + 1);
}

/** Datatype of a GeoJSON literal. */
export const geoJsonType = 'https://www.iana.org/assignments/media-types/application/vnd.geo+json';

/** Whether a text may stand as an IRI: absolute, and without what would end or break one. */
export const isIri = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]+$/iu.test(text) && URL.canParse(text);
