import { javaBlank, trimmedAsJava } from '../analysis/white_space.ts';
import { javaInteger } from './java_number.ts';
import { QuerySyntaxError } from './syntax_error.ts';

/** What CKAN sends where a client names none. */
export const defaultMinimumMatch = '2<-1 5<80%';

/** Thrown whatever the query is. */
export class MinimumMatchError extends QuerySyntaxError {
  constructor(specification: string) {
    super(`Invalid 'mm' spec: '${specification}'`);
  }
}

/**
 * How many of `count` optional clauses must match. Of a conditional specification no more is read than counts.
 * Source: Solr's `calculateMinShouldMatch`. @throws MinimumMatchError
 */
export function minimumMatch(count: number, specification: string): number {
  const wanted = calculate(count, trimmedAsJava(specification));
  if (wanted === undefined) throw new MinimumMatchError(specification);
  return Math.min(count, Math.max(0, wanted));
}

const aroundLess = new RegExp(`(?<!${javaBlank})${javaBlank}*<${javaBlank}*`, 'g');

function calculate(count: number, specification: string): number | undefined {
  if (!specification.includes('<')) return simple(count, specification);
  let wanted: number | undefined = count;
  for (const part of specification.replace(aroundLess, '<').split(' ')) {
    const [above, then] = part.split('<');
    const limit = javaInteger(above ?? '');
    if (limit === undefined || !then) return undefined;
    if (count <= limit) return wanted;
    wanted = simple(count, then);
    if (wanted === undefined) return undefined;
  }
  return wanted;
}

function simple(count: number, text: string): number | undefined {
  if (!text.includes('%')) {
    const wanted = javaInteger(text);
    return wanted !== undefined && wanted < 0 ? Math.max(0, count + wanted) : wanted;
  }
  const percent = javaInteger(text.slice(0, -1));
  if (percent === undefined) return undefined;
  // Solr counts in single precision, so that 80 % of 5 is 4.
  const share = Math.trunc(Math.fround(count * percent * Math.fround(0.01)));
  return share < 0 || percent < 0 ? count + share : share;
}
