import { pythonJson } from '../pipeline/python.ts';
import type { Validator } from '../pipeline/schema.ts';

/** CKAN's `unicode_safe`: a text as it is, anything else as its JSON, `null` as nothing. */
export const text: Validator = (value) => {
  if (value === undefined || typeof value === 'string') return value;
  return value === null ? '' : pythonJson(value);
};

/** CKAN's `remove_whitespace`. */
export const trimmed: Validator = (value) => (typeof value === 'string' ? value.trim() : value);
