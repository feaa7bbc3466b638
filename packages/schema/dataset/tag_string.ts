import type { Validator } from '../pipeline/schema.ts';
import { drop, refuseAndStop, Verdict } from '../pipeline/verdict.ts';
import { tagCharacters, tagLength } from './tag.ts';

/** CKAN's `tag_string_convert`: names between commas, put behind the dataset's `tags`. */
export const tagString: Validator = (value, { record }) => {
  const names = String(value)
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  for (const name of names)
    for (const check of [tagLength, tagCharacters]) {
      const answer = check(name);
      if (answer instanceof Verdict) return refuseAndStop(answer.message ?? '');
    }
  const tags = Array.isArray(record['tags']) ? record['tags'] : [];
  if (names.length > 0) record['tags'] = [...tags, ...names.map((name) => ({ name }))];
  return drop;
};
