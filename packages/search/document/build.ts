import { createHash } from 'node:crypto';
import { fieldOf, isTokenised } from '../schema/field_type.ts';
import { extentFields } from './extent.ts';
import { extraFields } from './extras.ts';
import type { IndexDocument } from './index_document.ts';
import { datasetDate } from './lenient_date.ts';
import { resourceFields } from './resources.ts';
import { withoutIllegalXml } from './xml_text.ts';

/** A dataset as `package_show` gives it, parsed. */
export type Dataset = Record<string, unknown>;

export interface DocumentConfig {
  siteId: string;
  /** `ckan.extra_resource_fields`: keys of resources that are indexed as `res_extras_*`. */
  extraResourceFields: string[];
  /** Vocabulary names by id, for tags that belong to one. */
  vocabularies: ReadonlyMap<string, string>;
  /** `ckan.search.remove_deleted_packages`. */
  removeDeleted: boolean;
  /** Milliseconds; what a date without a year or a day is completed from. */
  now: number;
}

/** Longest value of an exact field, in characters: data.gov.uk's limit, well below what an index can take. */
const longestExactValue = 15_000;

/**
 * The index document of a dataset: its own keys, its extras under two names each, and what is gathered from tags,
 * groups, organization and resources; relationships are not found in CKAN's index, whatever its source says.
 * Source: CKAN's `lib/search/index.py`, spec/search 3.1.
 * @returns undefined for a dataset that does not belong into the index (deleted).
 */
export function buildIndexDocument(
  dataset: Dataset,
  labels: string[],
  config: DocumentConfig,
): IndexDocument | undefined {
  if (config.removeDeleted && [undefined, null, 'deleted'].includes(dataset['state'] as string))
    return undefined;
  const raw: Record<string, unknown> = { ...ownFields(dataset), ...extraFields(dataset) };
  Object.assign(raw, tagFields(dataset, config), resourceFields(dataset, config.extraResourceFields));
  raw['groups'] = namesIn(dataset['groups']);
  raw['organization'] = (dataset['organization'] as { name?: string } | null | undefined)?.name;
  raw['capacity'] = dataset['private'] ? 'private' : 'public';
  raw['title_string'] = dataset['title'];
  raw['entity_type'] = 'package';
  raw['dataset_type'] = dataset['type'];
  raw['site_id'] = config.siteId;
  raw['index_id'] = createHash('md5').update(`${dataset['id']}${config.siteId}`).digest('hex');
  raw['indexed_ts'] = new Date(config.now).toISOString();
  if (typeof raw['title'] === 'string') raw['title'] = raw['title'].trimStart();
  for (const key of ['title', 'notes', 'title_string'])
    if (typeof raw[key] === 'string') raw[key] = withoutIllegalXml(raw[key]);
  Object.assign(raw, extentFields(dataset));
  for (const key of consumed) delete raw[key];
  return { packageId: String(dataset['id']), labels, fields: cleanFields(raw, config.now) };
}

const gathered = new Set([
  'extras',
  'tags',
  'groups',
  'organization',
  'resources',
  'relationships_as_subject',
  'relationships_as_object',
  // data.gov.uk's list, whose values are extras, too.
  'harvest',
]);

// Used up for the extent; their text would only be noise in a search.
const consumed = ['spatial', 'extras_spatial', 'coupled-resource', 'extras_coupled-resource'];

const ownFields = (dataset: Dataset) =>
  Object.fromEntries(Object.entries(dataset).filter(([key]) => !gathered.has(key)));

const namesIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.map((one: { name?: string }) => one.name ?? '').filter(Boolean) : [];

function tagFields(dataset: Dataset, config: DocumentConfig): Record<string, string[]> {
  const fields: Record<string, string[]> = { tags: [] };
  const tags = Array.isArray(dataset['tags']) ? dataset['tags'] : [];
  for (const { name, vocabulary_id: vocabulary } of tags as {
    name: string;
    vocabulary_id?: string | null;
  }[]) {
    const key = vocabulary ? `vocab_${config.vocabularies.get(vocabulary) ?? vocabulary}` : 'tags';
    fields[key] ??= [];
    fields[key].push(name);
  }
  return fields;
}

function cleanFields(raw: Record<string, unknown>, now: number): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(raw)) {
    // Solr's own rule for names.
    const name = key.replace(/[^\w.-]/g, '_');
    const { type } = fieldOf(name);
    const texts = (Array.isArray(value) && !isNested(value) ? value : [value]).map(textOf).filter(Boolean);
    const values = key.endsWith('_date') || type === 'date' ? datesOf(texts, name, now) : texts;
    const kept = isTokenised(type) ? values : values.map((text) => text.slice(0, longestExactValue));
    if (kept.length > 0) fields[name] = kept;
  }
  return fields;
}

const isNested = (list: unknown[]) => list.some((one) => typeof one === 'object' && one !== null);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // No engine has a place for either.
  return text.replaceAll('\0', '').toWellFormed();
}

function datesOf(texts: string[], name: string, now: number): string[] {
  return texts.flatMap((text) => {
    const date = datasetDate(text, now);
    if (date === undefined) return [];
    // `extras_review_date` is a text that holds a date; `review_date` is the date.
    return fieldOf(name).type === 'date' ? [new Date(date.milliseconds).toISOString()] : [date.text];
  });
}
