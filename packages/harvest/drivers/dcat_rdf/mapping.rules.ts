import type { DcatDataset } from '@portolan/metadata';
import type { DatasetDict } from '../../dataset_writer.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { tagsFromKeywords } from '../keywords.rules.ts';

/** IRI, else identifier, else source and title; undefined when it has none of them. */
export function guidOf({ uri, extras, fields }: DcatDataset, sourceUrl: string): string | undefined {
  if (uri) return uri;
  const identifier = extras['identifier'];
  if (identifier !== undefined) return String(identifier);
  return fields['title'] === undefined ? undefined : `${sourceUrl}/${fields['title']}`;
}

/** The dataset as CKAN keeps it: lists as JSON texts, everything else of an extra as text. */
export function datasetFromDcat(dataset: DcatDataset, guid: string): DatasetDict {
  const text = (value: unknown) => (typeof value === 'string' ? value : pythonJson(value));
  return {
    ...dataset.fields,
    license_id: dataset.license_id,
    tags: tagsFromKeywords(dataset.keywords),
    extras: Object.entries({ ...dataset.extras, guid }).map(([key, value]) => ({ key, value: text(value) })),
    resources: dataset.resources.map((resource) =>
      Object.fromEntries(
        Object.entries(resource).map(([key, value]) => [
          key,
          Array.isArray(value) ? pythonJson(value) : value,
        ]),
      ),
    ),
  };
}
