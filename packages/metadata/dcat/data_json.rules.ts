import type { CkanDataset } from './write_dataset.ts';

type Json = Record<string, unknown>;

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const orNull = (value: unknown): unknown => value ?? null;

/** A dataset of a data.json (Project Open Data), as CKAN's own harvester reads it back. */
export function dataJsonOf(dataset: CkanDataset): Json {
  const extras = new Map(listOf(dataset['extras']).map(({ key, value }) => [key, value]));
  const language = extras.get('language');
  const person = (name: unknown, email: unknown): Json => ({
    ...(name ? { name } : {}),
    ...(email ? { email } : {}),
  });
  return {
    title: orNull(dataset['title']),
    description: orNull(dataset['notes']),
    landingPage: orNull(dataset['url']),
    identifier: extras.get('guid') ?? dataset['id'],
    issued: extras.get('dcat_issued') ?? dataset['metadata_created'],
    modified: extras.get('dcat_modified') ?? dataset['metadata_modified'],
    keyword: listOf(dataset['tags']).map(({ name }) => name),
    publisher: person(dataset['maintainer'], dataset['maintainer_email']),
    creator: person(dataset['author'], dataset['author_email']),
    ...(typeof language === 'string' && language ? { language: language.split(',') } : {}),
    distribution: listOf(dataset['resources']).map((resource) => ({
      title: orNull(resource['name']),
      description: orNull(resource['description']),
      format: orNull(resource['format']),
      byteSize: orNull(resource['size']),
      accessURL: orNull(resource['url']),
    })),
  };
}
