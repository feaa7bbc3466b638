import type { Schema, Validator } from '../pipeline/schema.ts';
import { refuse, Verdict } from '../pipeline/verdict.ts';
import { ignore, ignoreMissing, notEmpty } from '../validators/missing.ts';
import { text } from '../validators/text.ts';

const longest = 100;
/** Python's `\w`, blank, hyphen, dot; the end may be a line feed, as Python's `$` allows. */
const pattern = /^[\p{L}\p{N}_ \-.]*\n?$/u;

/** CKAN's `tag_length_validator`. */
export function tagLength(value: unknown): unknown | Verdict {
  const length = [...String(value)].length;
  if (length < 2) return refuse(`Tag "${value}" length is less than minimum 2`);
  if (length > longest) return refuse(`Tag "${value}" length is more than maximum ${longest}`);
  return value;
}

/** CKAN's `tag_name_validator`. */
export function tagCharacters(value: unknown): unknown | Verdict {
  if (pattern.test(String(value))) return value;
  return refuse(
    `Tag "${value}" can only contain alphanumeric characters, spaces (" "), hyphens ("-"), underscores ("_") or dots (".")`,
  );
}

interface VocabularyContext {
  isVocabulary(id: string): boolean;
}

/** CKAN's `vocabulary_id_exists`. */
const vocabularyExists: Validator<VocabularyContext> = (value, { context }) =>
  context.isVocabulary(String(value)) ? value : refuse('Tag vocabulary was not found.');

/** A tag inside a dataset; what else show tells of it is ignored. */
export const tagSchema: Schema<VocabularyContext> = {
  fields: {
    name: [notEmpty, text, tagLength, tagCharacters],
    vocabulary_id: [ignoreMissing, text, vocabularyExists],
    id: [ignore],
    display_name: [ignore],
    state: [ignore],
    revision_timestamp: [ignore],
  },
  unknown: 'ignore',
};

/** A tag of any length and characters. */
export const freeTagSchema: Schema<VocabularyContext> = {
  ...tagSchema,
  fields: { ...tagSchema.fields, name: [notEmpty, text] },
};

/** Why CKAN refuses a tag; undefined when it does not. */
export function tagProblem(tag: string): string | undefined {
  const verdict = [tagLength, tagCharacters].map((check) => check(tag)).find((one) => one instanceof Verdict);
  return verdict instanceof Verdict ? verdict.message : undefined;
}
