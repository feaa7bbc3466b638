import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

/** CKAN's `int_validator`: whole numbers, also as text or with `.0`; blank text is `null`. Beyond 2^53 is refused, too. */
export const integer: Validator = (value) => {
  if (value === undefined || value === null) return value ?? null;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : refuse('Invalid integer');
  if (typeof value !== 'string') return refuse('Invalid integer');
  const text = value.trim();
  if (text === '') return null;
  const number = /^[+-]?\d+(_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  return Number.isSafeInteger(number) ? number : refuse('Invalid integer');
};

/** CKAN's `natural_number_validator`, behind `integer`. */
export const natural: Validator = (value) =>
  typeof value === 'number' && value < 0 ? refuse('Must be a natural number') : value;

/** CKAN's `is_positive_integer`, behind `integer`. */
export const positive: Validator = (value) =>
  typeof value === 'number' && value < 1 ? refuse('Must be a positive integer') : value;
