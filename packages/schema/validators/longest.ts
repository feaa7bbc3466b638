import type { Validator } from '../pipeline/schema.ts';
import { refuse } from '../pipeline/verdict.ts';

/** A text of at most so many characters, else the message. */
export const longest =
  (most: number, message: string): Validator =>
  (value) =>
    typeof value === 'string' && [...value].length > most ? refuse(message) : value;
