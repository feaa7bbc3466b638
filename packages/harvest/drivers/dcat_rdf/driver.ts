import type { DatasetDict } from '../../dataset_writer.ts';
import { type Driver, ObjectFailure } from '../../driver.ts';

/** A catalogue in RDF, by DCAT-AP, in any of RDF's syntaxes. */
export const dcatRdfDriver: Driver = {
  name: 'dcat_rdf',
  title: 'Generic DCAT RDF Harvester',
  description: 'Harvester for DCAT datasets from an RDF graph',
  // As recorded: CKAN writes every record again and says `updated`, also where nothing has changed.
  reimport: 'always',
  globalGuids: true,
  validateConfig: async (text) => (await import('./config.rules.ts')).validateRdfConfig(text),
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherDcatRdf(context);
  },
  toDataset({ object }) {
    if (object.content === null) throw new ObjectFailure(`Empty content for object ${object.id}`);
    const dataset = JSON.parse(object.content) as DatasetDict;
    const modified = dataset.extras?.find(({ key }) => key === 'modified')?.value;
    return {
      dataset,
      identity: 'derived',
      keepsName: true,
      ...(modified ? { remoteModified: String(modified) } : {}),
    };
  },
  failureText: ({ content, validation, message, exists }) =>
    validation === undefined
      ? `Error importing dataset ${String((JSON.parse(content ?? '{}') as DatasetDict).title ?? '')}: ${message}`
      : `${exists ? 'Update' : 'Create'} validation Error: ${validation}`,
  originalUrl: (source) => source.url,
};
