import type { DatasetDict } from '../../dataset_writer.ts';
import { tagsFromKeywords } from '../keywords.rules.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * A dataset of a data.json (Project Open Data) as CKAN's DCAT JSON harvester maps it: keys that it does not
 * know are left out. Keywords that CKAN would refuse are made fit instead of losing the record.
 */
export function dcatToDataset(record: Json): DatasetDict {
  const extras: { key: string; value: string }[] = [];
  const extra = (key: string, value: unknown) => {
    const text = textOf(value);
    if (text !== undefined) extras.push({ key, value: text });
  };
  extra('dcat_issued', record['issued']);
  extra('dcat_modified', record['modified']);
  extra('guid', record['identifier']);
  for (const role of ['publisher', 'creator']) agent(record[role], role, extra);
  extra('language', listOf(record['language']).map(textOf).join(','));
  return {
    title: textOf(record['title']) ?? null,
    notes: textOf(record['description']) ?? null,
    url: textOf(record['landingPage']) ?? null,
    tags: tagsFromKeywords(
      listOf(record['keyword'])
        .map(textOf)
        .filter((text) => text !== undefined),
    ),
    extras,
    resources: listOf(record['distribution']).filter(isObject).map(resource),
  };
}

function agent(value: unknown, role: string, extra: (key: string, value: unknown) => void): void {
  if (!isObject(value)) {
    extra(`dcat_${role}_name`, value);
    return;
  }
  extra(`dcat_${role}_name`, value['name']);
  extra(`dcat_${role}_email`, value['email']);
  extra(`dcat_${role}_id`, value['identifier']);
}

function resource(distribution: Json): Json {
  const size = distribution['byteSize'];
  const bytes =
    typeof size === 'number'
      ? size
      : typeof size === 'string' && /^\d+$/.test(size)
        ? Number(size)
        : undefined;
  return {
    name: textOf(distribution['title']) ?? null,
    description: textOf(distribution['description']) ?? null,
    url: textOf(distribution['downloadURL']) || textOf(distribution['accessURL']) || '',
    format: textOf(distribution['format']) ?? null,
    ...(bytes !== undefined && Number.isSafeInteger(bytes) ? { size: bytes } : {}),
  };
}
