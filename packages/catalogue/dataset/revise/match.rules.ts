import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, joinPath, resolve, splitPath } from './path.rules.ts';

/** Paths at which the data is not what `wanted` says; lists are compared as far as `wanted` goes. */
export function unmatchedPaths(data: Json, wanted: Json, path: (string | number)[] = []): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => {
    const here = [...path, key];
    const present = Object.hasOwn(data, key) ? (data as Record<string, unknown>)[key] : undefined;
    const sameKind =
      (isObject(value) && isObject(present)) || (Array.isArray(value) && Array.isArray(present));
    if (sameKind) return unmatchedPaths(present as Json, value as Json, here);
    return isDeepStrictEqual(present, value) && present !== undefined ? [] : [joinPath(here)];
  });
}

/**
 * The path itself when the value there is another.
 * @throws PortolanError `integrity` for a path that leads nowhere inside a list or an object.
 */
export function unmatchedPath(data: Json, path: string, wanted: unknown): string[] {
  return isDeepStrictEqual(resolve(data, splitPath(path)), wanted) ? [] : [path];
}
