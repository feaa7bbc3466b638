import type { Dataset } from './build.ts';

const reserved = new Set([
  'entity_type',
  'res_url',
  'text',
  'urls',
  'indexed_ts',
  'site_id',
  'tags',
  'groups',
  'res_name',
  'res_description',
  'res_format',
  'res_type',
]);

/** Every extra as text `extras_<key>`, and as exact `<key>` where the dataset has no such key of its own. */
export function extraFields(dataset: Dataset): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  if (!Array.isArray(dataset['extras'])) return fields;
  for (const extra of dataset['extras'] as { key: string; value: unknown }[]) {
    const value = Array.isArray(extra.value) ? extra.value.join(' ') : extra.value;
    const key = String(extra.key).replace(/[^0-9A-Za-z_-]/g, '');
    fields[`extras_${key}`] = value;
    if (!reserved.has(key) && !Object.hasOwn(dataset, key)) fields[key] = value;
  }
  return fields;
}
