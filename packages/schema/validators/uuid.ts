import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** CKAN's `uuid_validator`. */
export const uuid: Validator = (value) =>
  typeof value === 'string' && form.test(value) ? value : refuse('Invalid id provided');
