import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

/** CKAN's `json_object`. */
export const jsonObject: Validator = (value) => {
  if (value === undefined || value === null || value === '') return value;
  return typeof value === 'object' && !Array.isArray(value)
    ? value
    : refuse('The value should be a valid JSON object');
};
