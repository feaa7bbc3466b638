import type { Term } from '@rdfjs/types';
import type { Graph } from '../rdf/graph.ts';
import type { Name } from '../rdf/vocabulary.ts';
import { agentFields, contactFields } from './agent_fields.table.ts';
import { datasetFields, extraFields } from './dataset_fields.table.ts';
import type { Field } from './field.ts';
import { readLocation } from './location.ts';
import { readPeriod } from './period.ts';
import { type DcatResource, readDistribution } from './read_distribution.ts';
import { lexical, type Reading, readFields, type Value } from './read_value.ts';
import { sourceCatalogues } from './source_catalogue.ts';

/** What the portal that reads knows itself. */
export interface ReadingPortal {
  /** Its address; stands as `homepage` of datasets that name none. */
  url: string;
  /** The language whose texts are taken where there are several. */
  language: string;
  /** The portal's spelling of a format, or the text as it is. */
  format(text: string): string;
  /** Id of the licence that has this address, or this title. */
  license(by: { url: string } | { title: string }): string | undefined;
  /** A dataset tells of its catalogue, in extras `source_catalog_*`. */
  subcatalogues?: boolean;
}

/** A `dcat:Dataset` as a CKAN dataset (DCAT-AP as ckanext-dcat maps it). Lists are not yet JSON texts. */
export interface DcatDataset {
  /** Its IRI; empty for a blank node. */
  uri: string;
  fields: Record<string, Value>;
  keywords: string[];
  license_id: string;
  extras: Record<string, Value | Record<string, Value>>;
  resources: DcatResource[];
}

export function* readDatasets(graph: Graph, portal: ReadingPortal): Generator<DcatDataset> {
  const reading: Reading = { graph, language: portal.language };
  const sourceOf = portal.subcatalogues
    ? sourceCatalogues(reading, (catalogue) =>
        readParty(reading, catalogue, ['dct:publisher'], '', agentFields),
      )
    : () => ({});
  for (const dataset of graph.instances('dcat:Dataset')) {
    const read = readDataset(reading, dataset, portal);
    yield { ...read, extras: { ...read.extras, ...sourceOf(dataset) } };
  }
}

function readDataset(reading: Reading, dataset: Term, portal: ReadingPortal): DcatDataset {
  const uri = dataset.termType === 'NamedNode' ? dataset.value : '';
  const { graph } = reading;
  return {
    uri,
    fields: readFields(reading, dataset, datasetFields),
    keywords: keywords(reading, dataset),
    license_id: license(reading, dataset, portal),
    extras: {
      ...readFields(reading, dataset, extraFields),
      ...readParty(reading, dataset, ['dcat:contactPoint', 'adms:contactPoint'], 'contact_', contactFields),
      ...readParty(reading, dataset, ['dct:publisher'], 'publisher_', agentFields),
      ...readParty(reading, dataset, ['dct:creator'], 'creator_', agentFields),
      ...readPeriod(reading, dataset),
      ...readLocation(reading, dataset),
      uri,
      homepage: lexical(graph.objects(dataset, 'foaf:homepage')[0]) ?? portal.url,
    },
    resources: graph
      .objects(dataset, 'dcat:distribution')
      .map((distribution) => readDistribution(reading, distribution, portal.format)),
  };
}

/** The first of them. One that is a mere text is a name. */
function readParty(
  reading: Reading,
  dataset: Term,
  properties: readonly Name[],
  prefix: string,
  fields: readonly Field[],
): Record<string, Value> {
  const [party] = properties.flatMap((property) => reading.graph.objects(dataset, property));
  if (!party) return {};
  if (party.termType === 'Literal') return party.value ? { [`${prefix}name`]: party.value } : {};
  const values = readFields(reading, party, fields, prefix);
  const email = values[`${prefix}email`];
  if (typeof email === 'string') values[`${prefix}email`] = email.replace(/^mailto:/i, '');
  return { ...(party.termType === 'NamedNode' ? { [`${prefix}uri`]: party.value } : {}), ...values };
}

/** Keywords may come several to a literal, with commas; those stand after the others. */
function keywords({ graph }: Reading, dataset: Term): string[] {
  const texts = graph.objects(dataset, 'dcat:keyword').map(({ value }) => value);
  const parts = texts.filter((text) => text.includes(',')).flatMap((text) => text.split(','));
  return [...texts.filter((text) => !text.includes(',')), ...parts.map((part) => part.trim())];
}

/** The first licence of a distribution that the portal knows: by its address, then by the title that it says it has. */
function license({ graph }: Reading, dataset: Term, portal: ReadingPortal): string {
  const licenses = graph
    .objects(dataset, 'dcat:distribution')
    .flatMap((distribution) => graph.objects(distribution, 'dct:license'));
  for (const term of licenses) {
    const url = lexical(term);
    const title = lexical(graph.objects(term, 'dct:title')[0]);
    const id = (url && portal.license({ url })) || (title && portal.license({ title }));
    if (id) return id;
  }
  return '';
}
