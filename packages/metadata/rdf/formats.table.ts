/** How RDF is written down. */
export type RdfSyntax = 'rdfxml' | 'turtle' | 'n3' | 'ntriples' | 'nquads' | 'trig' | 'jsonld';

/** Every name under which clients and configurations know a syntax: media types, file endings, rdflib's names. */
const names: Record<RdfSyntax, readonly string[]> = {
  rdfxml: ['application/rdf+xml', 'application/xml', 'text/xml', 'xml', 'rdf', 'pretty-xml', 'owl'],
  turtle: ['text/turtle', 'application/x-turtle', 'turtle', 'ttl'],
  n3: ['text/n3', 'text/rdf+n3', 'n3'],
  ntriples: ['application/n-triples', 'ntriples', 'nt', 'nt11'],
  nquads: ['application/n-quads', 'nquads', 'nq'],
  trig: ['application/trig', 'trig'],
  jsonld: ['application/ld+json', 'application/json', 'json-ld', 'jsonld'],
};

const syntaxes = new Map(
  Object.entries(names).flatMap(([syntax, known]) => known.map((name) => [name, syntax as RdfSyntax])),
);

/** The syntax of a media type (parameters do not matter), file ending or name; undefined when none is known. */
export const syntaxOf = (name: string): RdfSyntax | undefined =>
  syntaxes.get(name.split(';')[0]!.trim().toLowerCase());

/** What a document seems to be by its first character, where nobody says so. */
export function guessSyntax(text: string): RdfSyntax {
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') return 'jsonld';
  return first === '<' && /^\s*<(\?xml|!DOCTYPE|!--|[\w.-]+:RDF|RDF)/.test(text) ? 'rdfxml' : 'turtle';
}
