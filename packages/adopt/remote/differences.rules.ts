/** Where two objects say something else, as paths; only what the first says counts. */
export function differences(wanted: unknown, found: unknown, path = ''): string[] {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length)
      return [`${path}: ${lengthOf(wanted)} there, ${lengthOf(found)} here`];
    const [one, other] = /\.(extras|tags|groups|users)$/.test(path)
      ? [sorted(wanted), sorted(found)]
      : [wanted, found];
    return one.flatMap((value, at) => differences(value, other[at], `${path}.${at}`));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null) return [`${path}: missing here`];
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, (found as Record<string, unknown>)[key], `${path}.${key}`),
    );
  }
  if ((wanted ?? '') === (found ?? '')) return [];
  return [`${path}: ${shown(wanted)} there, ${shown(found)} here`];
}

const lengthOf = (value: unknown): string => (Array.isArray(value) ? String(value.length) : 'none');
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);
const sorted = (list: unknown[]): unknown[] =>
  [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
const keyOf = (value: unknown): string => {
  const { key, name, id } = value as Record<string, unknown>;
  return String(key ?? name ?? id ?? '');
};
