import type { Dataset } from './build.ts';

const sources: [string, string][] = [
  ['res_name', 'name'],
  ['res_description', 'description'],
  ['res_format', 'format'],
  ['res_url', 'url'],
  ['res_type', 'resource_type'],
];

/** The resources' values gathered by field, in their order. */
export function resourceFields(dataset: Dataset, extraFields: string[]): Record<string, unknown[]> {
  const fields: Record<string, unknown[]> = {};
  if (!Array.isArray(dataset['resources'])) return fields;
  const all = [...sources, ...extraFields.map((key): [string, string] => [`res_extras_${key}`, key])];
  for (const [field, key] of all)
    fields[field] = (dataset['resources'] as Record<string, unknown>[]).map(
      (resource) => resource[key] ?? '',
    );
  return fields;
}
