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

/** Of one without a name nothing is told, as CKAN has it; a mere text is a name. */
function agent(value: unknown, role: string, extra: (key: string, value: unknown) => void): void {
  if (typeof value === 'string') extra(`dcat_${role}_name`, value);
  if (!isObject(value) || !value['name']) return;
  extra(`dcat_${role}_name`, value['name']);
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

/** A number without its fraction, but for 0, or a text of digits as Python writes them; else undefined. */
function bytesOf(value: unknown): number | undefined {
  const isWhole = typeof value === 'string' && /^\s*[+-]?\d+(_\d+)*\s*$/.test(value);
  if (isWhole) return whole(Number(value.replaceAll('_', '')));
  return typeof value === 'number' && value !== 0 ? whole(Math.trunc(value)) : undefined;
}

const whole = (bytes: number): number | undefined => (Number.isSafeInteger(bytes) ? bytes : undefined);
