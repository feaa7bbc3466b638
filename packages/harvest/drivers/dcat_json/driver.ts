import type { Driver } from '../../driver.ts';

/** A data.json: the catalogue of a Project Open Data site in one document. */
export const dcatJsonDriver: Driver = {
  name: 'dcat_json',
  title: 'DCAT JSON Harvester',
  description: 'Harvester for DCAT dataset descriptions serialized as JSON',
  // As recorded: CKAN writes every record again and says `updated`, also where nothing has changed.
  reimport: 'always',
  validateConfig: async (text) => (await import('./config.rules.ts')).validateDataJsonConfig(text),
  async *gather(context) {
    yield* (await import('./gather.ts')).gatherDcatJson(context);
  },
  toDataset: async (context) => (await import('./to_dataset.ts')).dataJsonToDataset(context),
  failureText: ({ content, validation, message }) =>
    `Error importing dataset ${nameOf(content)}: ${validation ?? message}`,
  originalUrl: (source) => source.url,
};

/** What a record is known by to who publishes it. */
function nameOf(content: string | null): string {
  const { name, title } = JSON.parse(content ?? '{}') as Record<string, unknown>;
  return String(name ?? title ?? '');
}
