import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

/** CKAN's `one_of`. */
export const oneOf =
  (choices: readonly string[]): Validator =>
  (value) =>
    typeof value === 'string' && choices.includes(value)
      ? value
      : refuse(`Value must be one of [${choices.map((choice) => `'${choice}'`).join(', ')}]`);
