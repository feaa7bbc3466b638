import type { Validator } from '../pipeline/schema.ts';

const truths = new Set(['true', 'yes', 't', 'y', '1']);

/** CKAN's `boolean_validator`: some words are true, whatever else is text is false, never an error. */
export const boolean: Validator = (value) => {
  if (typeof value === 'string') return truths.has(value.toLowerCase());
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
};
