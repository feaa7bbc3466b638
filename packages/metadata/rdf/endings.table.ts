/** Syntaxes that catalogues are written in, by the ending of their address. */
export const mediaTypes = {
  ttl: 'text/turtle',
  n3: 'text/n3',
  rdf: 'application/rdf+xml',
  xml: 'application/rdf+xml',
  jsonld: 'application/ld+json',
} as const;

export type Ending = keyof typeof mediaTypes;

export const isEnding = (text: string): text is Ending => Object.hasOwn(mediaTypes, text);
