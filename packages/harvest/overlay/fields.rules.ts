import type { DatasetDict } from '../dataset_writer.ts';

/** Values of a dataset that people edit, by the name of the field; each can be compared and put back on its own. */
export type Fields = Record<string, unknown>;

const plain = [
  'title',
  'notes',
  'url',
  'version',
  'author',
  'author_email',
  'maintainer',
  'maintainer_email',
  'license_id',
  'owner_org',
];
const ofResource = ['name', 'description', 'format', 'url'];

/**
 * A dataset's fields: `title`, `tags`, `groups` (by name), `extras.KEY`, and of each resource `resources.ID.name` and so on.
 * An empty text is as good as none, and whoever does not say `private` says that it is not.
 */
export function fieldsOf(dataset: DatasetDict): Fields {
  const fields: Fields = {};
  for (const name of plain) fields[name] = dataset[name] === '' ? null : (dataset[name] ?? null);
  fields['private'] = dataset['private'] === true;
  fields['tags'] = (dataset.tags ?? []).map(({ name }) => name).sort();
  fields['groups'] = (dataset.groups ?? []).map(({ name, id }) => name ?? id ?? '').sort();
  for (const { key, value } of dataset.extras ?? []) fields[`extras.${key}`] = value;
  for (const resource of dataset.resources ?? [])
    for (const name of ofResource)
      fields[`resources.${String(resource['id'])}.${name}`] =
        resource[name] === '' ? null : (resource[name] ?? null);
  return fields;
}

/** Names of the fields in which two differ, in order. */
export function differing(one: Fields, other: Fields): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !same(one[name], other[name])).sort();
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * A dataset with some of its fields replaced; a null takes an extra away. A resource that the dataset has no more
 * is left out.
 */
export function withFields(dataset: DatasetDict, fields: ReadonlyMap<string, unknown>): DatasetDict {
  const changed: DatasetDict = {
    ...dataset,
    extras: [...(dataset.extras ?? [])],
    resources: (dataset.resources ?? []).map((resource) => ({ ...resource })),
  };
  for (const [name, value] of fields) {
    if (name.startsWith('extras.')) {
      const key = name.slice('extras.'.length);
      const others = (changed.extras ?? []).filter((extra) => extra.key !== key);
      changed.extras = value === null || value === undefined ? others : [...others, { key, value }];
    } else if (name.startsWith('resources.')) {
      const id = name.slice('resources.'.length, name.lastIndexOf('.'));
      const resource = changed.resources?.find((one) => one['id'] === id);
      if (resource) resource[name.slice(name.lastIndexOf('.') + 1)] = value;
    } else if (name === 'tags' || name === 'groups')
      changed[name] = (value as string[]).map((each) => ({ name: each }));
    else changed[name] = value;
  }
  return changed;
}
