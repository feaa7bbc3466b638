import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

const taken = ['new', 'edit', 'search'];
const longest = 100;
/** The end may be a line feed, as Python's `$` allows. */
const pattern = /^[a-z0-9_-]*\n?$/;

/** CKAN's `name_validator`: what may stand in an address. */
export const name: Validator = (value) => {
  if (typeof value !== 'string') return refuse('Names must be strings');
  if (taken.includes(value)) return refuse('That name cannot be used');
  const length = [...value].length;
  if (length < 2) return refuse('Must be at least 2 characters long');
  if (length > longest) return refuse(`Name must be a maximum of ${longest} characters long`);
  if (!pattern.test(value))
    return refuse('Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_');
  return value;
};

/** The second opinion of CKAN's `package_name_validator`: the same bounds in other words, both are told. */
export const nameLength: Validator = (value) => {
  const length = typeof value === 'string' ? [...value].length : 0;
  if (length < 2) return refuse(`Name "${value}" length is less than minimum 2`);
  if (length > longest) return refuse(`Name "${value}" length is more than maximum ${longest}`);
  return value;
};
