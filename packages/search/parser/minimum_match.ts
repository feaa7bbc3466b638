/** What CKAN sends where a client names none. */
export const defaultMinimumMatch = '2<-1 5<80%';

/** How many of `count` optional clauses must match; a specification that cannot be read counts as the default. */
export function minimumMatch(count: number, specification: string): number {
  const wanted = calculate(count, specification.trim()) ?? calculate(count, defaultMinimumMatch) ?? count;
  return Math.min(count, Math.max(0, wanted));
}

function calculate(count: number, specification: string): number | undefined {
  if (!specification.includes('<')) return simple(count, specification);
  let wanted: number | undefined = count;
  for (const part of specification.replace(/(?<!\s)\s*<\s*/g, '<').split(/\s+/)) {
    const [above, then] = part.split('<');
    const limit = integer(above ?? '');
    if (limit === undefined || !then) return undefined;
    if (count <= limit) return wanted;
    wanted = simple(count, then);
    if (wanted === undefined) return undefined;
  }
  return wanted;
}

function simple(count: number, text: string): number | undefined {
  if (!text.includes('%')) {
    const wanted = integer(text);
    return wanted !== undefined && wanted < 0 ? Math.max(0, count + wanted) : wanted;
  }
  const percent = integer(text.slice(0, -1));
  if (percent === undefined) return undefined;
  // Solr counts in single precision, so that 80 % of 5 is 4.
  const share = Math.trunc(Math.fround(count * percent * Math.fround(0.01)));
  return share < 0 || percent < 0 ? count + share : share;
}

const integer = (text: string): number | undefined => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined);
