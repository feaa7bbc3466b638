import { javaBlank } from '../analysis/white_space.ts';
import { QuerySyntaxError } from './syntax_error.ts';

export interface QueryField {
  name: string;
  boost: number;
}

/** What CKAN sends where a client names none. */
export const defaultQueryFields = 'name^4 title^4 tags^2 groups^2 text';

const blank = new RegExp(javaBlank);

/** The fields and weights of `qf`: names parted by blanks, each with an optional `^weight`. @throws QuerySyntaxError */
export function parseQueryFields(text: string): QueryField[] {
  const fields = new Map<string, QueryField>();
  for (const part of text.split(blank).filter(Boolean)) {
    const [name = '', weight] = part.split('^');
    const boost = weight ? Number(weight) : 1;
    if (!(boost >= 0)) throw new QuerySyntaxError(`boost must be a positive float, got ${weight}`);
    fields.set(name, { name, boost });
  }
  return fields.size > 0 ? [...fields.values()] : [{ name: 'text', boost: 1 }];
}
