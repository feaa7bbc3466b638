// Lucene's regular expressions, always of the whole term, in PostgreSQL's syntax. What Lucene adds to the usual
// ones (~ & @ # <1-5> "…") is left out: a pattern with it matches nothing.

const luceneOnly = /(?<!\\)[~&@#<>"]/;
const shorthand = /[dDwWsS]/;

/** @returns undefined for an expression that cannot match or is not well formed. */
export function postgresExpression(source: string): string | undefined {
  if (luceneOnly.test(source)) return undefined;
  let written = '';
  for (let index = 0; index < source.length; index++) {
    const character = source[index]!;
    if (character === '\\') {
      const next = source[++index];
      if (next === undefined) return undefined;
      written += shorthand.test(next) ? `\\${next}` : literal(next);
    } else if (character === '^' || character === '$') {
      // Anchors are letters to Lucene; inside a class `^` still negates.
      written += character === '^' && source[index - 1] === '[' ? character : literal(character);
    } else if (character === '(' && source[index + 1] === '?') return undefined;
    else written += character;
  }
  const anchored = `^(?:${written})$`;
  return isWellFormed(anchored) ? anchored : undefined;
}

const literal = (character: string) => (/\w/.test(character) ? character : `\\${character}`);

// JavaScript's own reader stands in for PostgreSQL's: what it refuses would fail the statement.
function isWellFormed(expression: string): boolean {
  if (/[*+?}][*+?{]/.test(expression) || /\{(?!\d{1,3}(?:,\d{0,3})?\})/.test(expression)) return false;
  try {
    new RegExp(expression);
    return true;
  } catch {
    // A publisher's or reader's own mistake: nothing is found, as nothing fits.
    return false;
  }
}
