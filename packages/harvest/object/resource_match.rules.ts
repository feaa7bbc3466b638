type Resource = Record<string, unknown>;

/** Columns of a resource that an update leaves as they are when it does not say them, as in CKAN; none that is guessed then. */
const columns = ['name', 'description', 'format', 'size', 'hash', 'resource_type'];

/** Ways to tell that a resource is one that is there already, the surest first. */
const keys: ((resource: Resource) => unknown[])[] = [
  ({ uri }) => [uri],
  ({ url, name, format }) => [url, name, format],
  ({ url, name }) => [url, name],
  ({ url }) => [url],
];

/**
 * Gives resources the ids of the existing ones they match, each id once, so that links to them keep working. All
 * resources are matched by the surest key before any is matched by the next. CKAN knows resources by their IRI alone and
 * makes the others anew: what the source does not say of one of these any more is empty here, too.
 */
export function reuseResourceIds(wanted: Resource[], existing: Resource[]): Resource[] {
  const matched = new Map<Resource, Resource>();
  let left = [...existing];
  for (const [sureness, key] of keys.entries())
    for (const resource of wanted) {
      const values = key(resource);
      if (matched.has(resource) || !values[0]) continue;
      const match = left.find((candidate) =>
        key(candidate).every((value, i) => (value ?? '') === (values[i] ?? '')),
      );
      if (!match) continue;
      const blank = sureness === 0 ? {} : Object.fromEntries(columns.map((column) => [column, null]));
      matched.set(resource, { ...blank, ...resource, id: match['id'] });
      left = left.filter((candidate) => candidate !== match);
    }
  return wanted.map((resource) => matched.get(resource) ?? resource);
}
