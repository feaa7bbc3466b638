type Resource = Record<string, unknown>;

/** Ways to tell that a resource is one that is there already, the surest first. */
const keys: ((resource: Resource) => unknown[])[] = [
  ({ uri }) => [uri],
  ({ url, name, format }) => [url, name, format],
  ({ url, name }) => [url, name],
  ({ url }) => [url],
];

/**
 * Gives resources the ids of the existing ones they match, each id once, so that links to them keep working. All
 * resources are matched by the surest key before any is matched by the next.
 */
export function reuseResourceIds(wanted: Resource[], existing: Resource[]): Resource[] {
  const ids = new Map<Resource, unknown>();
  let left = [...existing];
  for (const key of keys)
    for (const resource of wanted) {
      const values = key(resource);
      if (ids.has(resource) || !values[0]) continue;
      const match = left.find((candidate) =>
        key(candidate).every((value, i) => (value ?? '') === (values[i] ?? '')),
      );
      if (!match) continue;
      ids.set(resource, match['id']);
      left = left.filter((candidate) => candidate !== match);
    }
  return wanted.map((resource) => (ids.has(resource) ? { ...resource, id: ids.get(resource) } : resource));
}
