import { ConfigurationError } from '../../driver.ts';
import { parseConfigText } from '../config.rules.ts';

/** The names that CKAN's message lists: those of its RDF library. */
const rdfFormats = [
  'application/ld+json',
  'application/n-quads',
  'application/n-triples',
  'application/rdf+xml',
  'application/trig',
  'application/trix',
  'hext',
  'json-ld',
  'n3',
  'nquads',
  'nt',
  'nt11',
  'ntriples',
  'patch',
  'text/n3',
  'text/turtle',
  'trig',
  'trix',
  'ttl',
  'turtle',
  'xml',
];

/** @throws ConfigurationError */
export function validateRdfConfig(text: string): string {
  if (text === '') return text;
  const format = parseConfigText(text)['rdf_format'];
  if (format !== undefined && !rdfFormats.includes(String(format)))
    throw new ConfigurationError(`rdf_format should be one of: ${rdfFormats.join(', ')}`);
  return text;
}
