import { PortolanError } from '@portolan/kernel';

/** Values that paths go into: decoded JSON. */
export type Json = Record<string, unknown> | unknown[];

/** Segments of a text such as `resources__0__name`. */
export const splitPath = (path: string): string[] => path.split('__');
export const joinPath = (segments: readonly (string | number)[]): string => segments.join('__');

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

/** Shortest beginning of an id that speaks of an element; anything shorter is a position. */
const shortestPrefix = 5;

/** Position of the element of a list that a segment speaks of: by its id's beginning, or counted, also from the end. */
export function elementIndex(list: unknown[], segment: string): number | undefined {
  if (segment.length >= shortestPrefix) {
    const found = list.findIndex((item) => isObject(item) && String(item['id'] ?? '').startsWith(segment));
    return found < 0 ? undefined : found;
  }
  if (!/^-?\d+$/.test(segment)) return undefined;
  const index = Number(segment) < 0 ? list.length + Number(segment) : Number(segment);
  return index >= 0 && index < list.length ? index : undefined;
}

/**
 * The value at a path, with the segments as they are in the data.
 * @throws PortolanError `integrity`, `Unmatched key …`
 */
export function resolve(data: Json, segments: readonly string[]): unknown {
  let value: unknown = data;
  for (const [depth, segment] of segments.entries()) {
    if (Array.isArray(value)) {
      const index = elementIndex(value, segment);
      if (index === undefined) throw unmatched(segments.slice(0, depth + 1));
      value = value[index];
    } else if (isObject(value) && Object.hasOwn(value, segment)) value = value[segment];
    else throw unmatched(segments.slice(0, depth + 1));
  }
  return value;
}

const unmatched = (segments: readonly string[]) =>
  new PortolanError('integrity', `Unmatched key ${joinPath(segments)}`);
