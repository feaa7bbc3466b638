import { PortolanError } from '@portolan/kernel';
import { elementIndex, isObject, type Json, joinPath, resolve, splitPath } from './path.rules.ts';

/** A merge that does not fit the data; the caller says which parameter it was. */
const misfit = (message: string) => new PortolanError('integrity', message);

/**
 * The data with an update merged in: objects by key, lists by position, further items appended, anything else
 * replaced.
 * @throws PortolanError `integrity`, `Expected list for …` or `Expected dict for …`
 */
export function merged(data: unknown, update: unknown, path: readonly (string | number)[] = []): unknown {
  if (Array.isArray(data)) {
    if (!Array.isArray(update)) throw misfit(`Expected list for ${joinPath(path)}`);
    const length = Math.max(data.length, update.length);
    return Array.from({ length }, (_, i) => {
      if (i >= update.length) return data[i];
      return i < data.length ? merged(data[i], update[i], [...path, i]) : update[i];
    });
  }
  if (isObject(data)) {
    if (!isObject(update)) throw misfit(`Expected dict for ${joinPath(path)}`);
    const entries = new Map<string, unknown>(Object.entries(data));
    for (const [key, value] of Object.entries(update))
      entries.set(key, entries.has(key) ? merged(entries.get(key), value, [...path, key]) : value);
    return Object.fromEntries(entries);
  }
  return update;
}

/**
 * The data with a value merged in at a path; `…__extend` appends a list to a list.
 * @throws PortolanError `integrity`, also `Unmatched key …`
 */
export function mergedAt<Data extends Json>(data: Data, path: string, value: unknown): Data {
  const segments = splitPath(path);
  const parents = segments.slice(0, -1);
  const last = segments.at(-1) ?? '';
  const target = resolve(data, parents);
  return replaced(data, parents, mergedInto(target, last, value, parents)) as Data;
}

function mergedInto(target: unknown, last: string, value: unknown, parents: readonly string[]): unknown {
  if (isObject(target)) return merged(target, { [last]: value }, parents);
  if (!Array.isArray(target)) throw misfit(`Expected list or dict for ${joinPath(parents)}`);
  if (last === 'extend') {
    if (!Array.isArray(value)) throw misfit(`Expected list for ${joinPath(parents)}`);
    return [...target, ...value];
  }
  const index = elementIndex(target, last);
  if (index === undefined) throw misfit(`Unmatched key ${joinPath([...parents, last])}`);
  return target.with(index, merged(target[index], value, [...parents, last]));
}

function replaced(data: unknown, segments: readonly string[], value: unknown): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return value;
  if (Array.isArray(data)) {
    const index = elementIndex(data, head)!;
    return data.with(index, replaced(data[index], rest, value));
  }
  const entries = new Map(Object.entries(data as Record<string, unknown>));
  entries.set(head, replaced(entries.get(head), rest, value));
  return Object.fromEntries(entries);
}
