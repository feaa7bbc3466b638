import type { Term } from '@rdfjs/types';
import { labelOf, lexical, type Reading } from './read_value.ts';

/** Media type and format of a distribution, as far as it tells them. */
export interface DistributionFormat {
  mimetype?: string;
  format?: string;
}

const ianaMediaType = /iana\.org\/assignments\/media-types/;

/**
 * From `dcat:mediaType` and `dct:format`, of which the first that says something counts. `canonical` gives the
 * portal's spelling of a format, or the text back where it knows none.
 */
export function distributionFormat(
  reading: Reading,
  distribution: Term,
  canonical: (format: string) => string,
): DistributionFormat {
  const { graph } = reading;
  let mimetype = lexical(graph.objects(distribution, 'dcat:mediaType')[0]);
  let label: string | undefined;
  for (const term of graph.objects(distribution, 'dct:format')) {
    const told = formatOf(reading, term);
    mimetype ??= told.mimetype;
    label = told.format;
    if (label ?? told.mimetype) break;
  }
  const format = spelling(label, mimetype, canonical);
  return { ...(mimetype ? { mimetype } : {}), ...(format ? { format } : {}) };
}

function formatOf(reading: Reading, term: Term): DistributionFormat {
  const { graph } = reading;
  if (graph.isA(term, 'dct:IMT')) {
    const mimetype = lexical(graph.objects(term, 'rdf:value')[0]);
    const format = labelOf(reading, term);
    return { ...(mimetype ? { mimetype } : {}), ...(format ? { format } : {}) };
  }
  const text = lexical(term);
  if (!text) return {};
  const isMediaType = term.termType === 'Literal' ? text.includes('/') : ianaMediaType.test(text);
  return isMediaType ? { mimetype: text } : { format: text };
}

function spelling(
  label: string | undefined,
  mimetype: string | undefined,
  canonical: (format: string) => string,
): string | undefined {
  // The media type first, as CKAN's harvester has it.
  for (const text of [mimetype, label]) {
    if (text === undefined) continue;
    const known = canonical(text);
    // A text that is its own canonical spelling cannot be told from one that nobody knows, and need not be.
    if (known !== text) return known;
  }
  return label ?? mimetype;
}
