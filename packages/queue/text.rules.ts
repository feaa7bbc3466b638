import { inspect } from 'node:util';

const longest = 10_000;

/** Text as PostgreSQL can hold it: no NUL, no half surrogate pairs, not endless. */
export function storable(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.toWellFormed().replaceAll('\0', '\ufffd');
}

/** Any value as JSON that jsonb takes; what JSON cannot express becomes its text. */
export function storableJson(value: unknown): string | null {
  if (value === undefined) return null;
  let json: string | undefined;
  try {
    json = JSON.stringify(value, (_, part) => (typeof part === 'string' ? storable(part) : part));
  } catch {
    // A circle, a BigInt or a toJSON that throws: a log line shall not fail its job for that.
    json = undefined;
  }
  if (json === undefined || json.length > 10 * longest) return JSON.stringify(storable(inspect(value)));
  // Keys are not passed through the replacer as text.
  return json.replaceAll('\\u0000', '\\ufffd').replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
}
