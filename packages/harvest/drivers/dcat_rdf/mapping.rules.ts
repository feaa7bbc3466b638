import type { DcatDataset } from '@portolan/metadata';
import type { DatasetDict } from '../../dataset_writer.ts';
import { nameFromTitle } from '../../text/name.rules.ts';
import { pythonJson } from '../../text/python_json.rules.ts';
import { mungedTags, tagsFromKeywords } from '../keywords.rules.ts';

/** Tells the GUIDs of a catalogue's datasets: IRI, else identifier, else an address made of source and title. */
export function guidTeller(sourceUrl: string): (dataset: DcatDataset) => string | undefined {
  /** How often a name was made of a title. */
  const names = new Map<string, number>();
  const base = sourceUrl.replace(/\/+$/, '');
  return ({ uri, extras, fields }) => {
    if (uri) return uri;
    const identifier = extras['identifier'];
    if (identifier !== undefined) return String(identifier);
    if (fields['title'] === undefined) return undefined;
    const name = nameFromTitle(String(fields['title']));
    const before = names.get(name) ?? 0;
    names.set(name, before + 1);
    return `${base}/${name}${before > 0 ? `-${before}` : ''}`;
  };
}

/** The dataset as CKAN keeps it: lists as JSON texts, everything else of an extra as text. */
export function datasetFromDcat(
  dataset: DcatDataset,
  guid: string,
  { cleanTags }: { cleanTags: boolean },
): DatasetDict {
  const text = (value: unknown) => (typeof value === 'string' ? value : pythonJson(value));
  return {
    ...dataset.fields,
    license_id: dataset.license_id,
    tags: cleanTags ? mungedTags(dataset.keywords) : tagsFromKeywords(dataset.keywords),
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
