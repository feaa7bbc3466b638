import { javaBlank } from '../analysis/white_space.ts';
import { javaFloat } from './java_number.ts';
import { mostClauses, tooMany } from './limits.ts';
import { QuerySyntaxError } from './syntax_error.ts';

export interface QueryField {
  name: string;
  boost: number;
}

/** What CKAN sends where a client names none. */
export const defaultQueryFields = 'name^4 title^4 tags^2 groups^2 text';

const blank = new RegExp(javaBlank);

/** `name^weight`, and what is behind another `^` does not count. The weight is NaN where it is no number. */
export function weighted(text: string): { name: string; weight: number | undefined } {
  const [name = '', ...more] = text.replace(/\^+$/, '').split('^');
  return { name, weight: more[0] === undefined ? undefined : javaFloat(more[0]) };
}

/** Whether Lucene takes a number for a weight, in single precision: it minds the sign of 0. */
export const isWeight = (value: number): boolean =>
  Number.isFinite(Math.fround(value)) && value >= 0 && !Object.is(value, -0);

/** The fields and weights of `qf`: names parted by blanks, each with an optional `^weight`. @throws QuerySyntaxError */
export function parseQueryFields(text: string): QueryField[] {
  const fields = new Map<string, QueryField>();
  for (const part of text.split(blank).filter(Boolean)) {
    const { name, weight } = weighted(part);
    const boost = weight ?? 1;
    if (!isWeight(boost)) throw new QuerySyntaxError(`boost must be a positive float, got ${part}`);
    fields.set(name, { name, boost });
    // A word is a clause for each of them.
    if (fields.size > mostClauses) tooMany();
  }
  return fields.size > 0 ? [...fields.values()] : [{ name: 'text', boost: 1 }];
}
