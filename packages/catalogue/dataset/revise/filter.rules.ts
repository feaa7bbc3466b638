import { isObject, type Json, splitPath } from './path.rules.ts';

interface Pattern {
  keep: boolean;
  segments: readonly string[];
}

/**
 * The data without what the patterns take away: `-path` or `path` removes, `+path` protects, `*` is everything at its
 * level, whatever follows it; of several that speak of one value the first decides. Source: CKAN `filter_glob_match`.
 */
export function filtered<Data extends Json>(data: Data, patterns: readonly string[]): Data {
  return apply(
    data,
    patterns.map((pattern) => ({
      keep: pattern.startsWith('+'),
      segments: splitPath(pattern.replace(/^[+-]/, '')),
    })),
  ) as Data;
}

function apply(data: unknown, patterns: readonly Pattern[]): unknown {
  if (!Array.isArray(data) && !isObject(data)) return data;
  const rest = new Map<string, unknown>(Object.entries(data));
  const decided = new Map<string, boolean>();
  const below = new Map<string, Pattern[]>();
  const decide = (key: string, keep: boolean) => decided.has(key) || decided.set(key, keep);
  for (const { keep, segments } of patterns) {
    const [head = '', ...tail] = segments;
    if (head === '*') for (const key of rest.keys()) decide(key, keep);
    else if (tail.length === 0) decide(head, keep);
    else below.set(head, [...(below.get(head) ?? []), { keep, segments: tail }]);
  }
  const kept = [...rest].filter(([key]) => decided.get(key) !== false);
  const entries = kept.map(([key, value]) => [key, apply(value, below.get(key) ?? [])] as const);
  return Array.isArray(data) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}
