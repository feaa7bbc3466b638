import type { DatasetDict } from '../../dataset_writer.ts';
import { asTags, tagsFromKeywords } from '../keywords.rules.ts';
import { type Additions, additionsOf, mediaOf } from './additions.rules.ts';
import { isObject, type Json, listOf, textOf } from './json.rules.ts';

export interface Mapping {
  /** Keep what CKAN's harvester leaves out. */
  additions: boolean;
  /** Keywords that CKAN would refuse are made fit instead of losing the record. */
  cleanTags: boolean;
}

/** A dataset of a data.json (Project Open Data) as CKAN's DCAT JSON harvester maps it, and what that leaves out. */
export function dcatToDataset(record: Json, { additions, cleanTags }: Mapping): DatasetDict {
  const extras: Additions['extras'] = [];
  const extra = (key: string, value: unknown) => {
    const text = textOf(value);
    if (text !== undefined) extras.push({ key, value: text });
  };
  extra('dcat_issued', record['issued']);
  extra('dcat_modified', record['modified']);
  extra('guid', record['identifier']);
  for (const role of ['publisher', 'creator']) agent(record[role], role, extra);
  extra('language', listOf(record['language']).map(textOf).join(','));
  const added: Additions = additions ? additionsOf(record) : { extras: [] };
  const keywords = listOf(record['keyword'])
    .map(textOf)
    .filter((text) => text !== undefined);
  return {
    title: textOf(record['title']) ?? null,
    notes: textOf(record['description']) ?? null,
    url: textOf(record['landingPage']) ?? null,
    ...added,
    tags: cleanTags ? tagsFromKeywords(keywords) : asTags(keywords),
    extras: [...extras, ...added.extras],
    resources: listOf(record['distribution'])
      .filter(isObject)
      .map((distribution) => ({ ...resource(distribution), ...(additions ? mediaOf(distribution) : {}) })),
  };
}

function agent(value: unknown, role: string, extra: (key: string, value: unknown) => void): void {
  if (!isObject(value)) {
    extra(`dcat_${role}_name`, value || undefined);
    return;
  }
  extra(`dcat_${role}_name`, value['name'] || undefined);
  extra(`dcat_${role}_email`, value['email'] || undefined);
  extra(`dcat_${role}_id`, value['identifier'] || undefined);
}

function resource(distribution: Json): Json {
  const size = bytesOf(distribution['byteSize']);
  return {
    name: textOf(distribution['title']) ?? null,
    description: textOf(distribution['description']) ?? null,
    url: textOf(distribution['downloadURL']) || textOf(distribution['accessURL']) || '',
    format: textOf(distribution['format']) ?? null,
    ...(size === undefined ? {} : { size }),
  };
}

/** A number without its fraction, or a text of nothing but digits; else undefined. */
function bytesOf(value: unknown): number | undefined {
  const isWhole = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value);
  const bytes = isWhole ? Number(value) : typeof value === 'number' ? Math.trunc(value) : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
