type Json = Record<string, unknown>;

/** What another portal's object says, without what only holds there. */
const local = [
  'revision_id',
  'relationships_as_object',
  'relationships_as_subject',
  'organization',
  'num_resources',
  'num_tags',
  'isopen',
  'license_title',
  'license_url',
  'tracking_summary',
  'metadata_created',
  'metadata_modified',
  'creator_user_id',
];
const localOfGroups = [
  'packages',
  'package_count',
  'num_followers',
  'created',
  'display_name',
  'image_display_url',
  'tags',
  'users',
  'approval_status',
];
const localOfResources = [
  'package_id',
  'revision_id',
  'datastore_active',
  'datastore_contains_all_records_of_source_file',
  'metadata_modified',
  'position',
  'state',
];
/** What a portal adds to datasets that it harvests. */
const harvested = new Set(['harvest_object_id', 'harvest_source_id', 'harvest_source_title']);

const without = (object: Json, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** A dataset to be written here. `vocabularies` gives our ids of the remote's; a vocabulary that we lack makes free tags. */
export function portableDataset(remote: Json, vocabularies: ReadonlyMap<string, string>): Json {
  return {
    ...without(remote, local),
    extras: listOf(remote['extras'])
      .filter(({ key }) => !harvested.has(String(key)))
      .map(({ key, value }) => ({ key, value })),
    tags: listOf(remote['tags']).map(({ name, vocabulary_id: id }) => ({
      name,
      ...(typeof id === 'string' && vocabularies.has(id) ? { vocabulary_id: vocabularies.get(id) } : {}),
    })),
    groups: listOf(remote['groups']).map(({ id, name }) => ({ id, name })),
    resources: listOf(remote['resources']).map(portableResource),
  };
}

/** An uploaded file's address is the portal's own: its name is what stays. */
function portableResource(remote: Json): Json {
  const resource = without(remote, localOfResources);
  if (remote['url_type'] !== 'upload') return resource;
  return { ...resource, url: fileNameOf(String(remote['url'] ?? '')) };
}

export const fileNameOf = (address: string): string =>
  decodeURIComponent(address.split(/[?#]/)[0]!.split('/').at(-1) ?? '') || 'file';

/** An organisation or group; `users` are those of its members that are here. */
export function portableGroup(remote: Json, users: ReadonlySet<string>): Json {
  return {
    ...without(remote, localOfGroups),
    extras: listOf(remote['extras']).map(({ key, value }) => ({ key, value })),
    groups: listOf(remote['groups']).map(({ name, capacity }) => ({ name, capacity })),
    users: listOf(remote['users'])
      .filter(({ name }) => users.has(String(name)))
      .map(({ name, capacity }) => ({ name, capacity })),
  };
}
