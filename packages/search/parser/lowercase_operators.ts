import type { QueryToken, TokenKind } from './token.ts';

const isOperatorWord = ({ kind, text }: QueryToken) => kind === 'term' && (text === 'and' || text === 'or');
const opens = new Set<TokenKind>(['open', 'filter']);
const signs = new Set<TokenKind>(['plus', 'minus', 'not']);
const values = new Set<TokenKind>([
  'term',
  'star',
  'prefix',
  'wild',
  'regex',
  'quoted',
  'bareOperator',
  'rangeInclusiveEnd',
  'rangeExclusiveEnd',
]);

// A clause that starts with `field:` or a parenthesis, after an optional sign.
function startsClause(tokens: QueryToken[], from: number): boolean {
  const at = signs.has(tokens[from]?.kind ?? 'end') ? from + 1 : from;
  const first = tokens[at]?.kind ?? 'end';
  if (opens.has(first)) return true;
  return (first === 'term' || first === 'star') && tokens[at + 1]?.kind === 'colon';
}

/**
 * Reads an unquoted `and`, `or` as an operator where it stands between two clauses of which the left one has a
 * field or ends with a parenthesis, and the right one starts with either: what the operators' manual of
 * data.gov.uk means by them (spec/search 4.8, `fielded`). Everything else stays a word.
 */
export function raiseLowercaseOperators(tokens: QueryToken[]): QueryToken[] {
  if (!tokens.some(isOperatorWord)) return tokens;
  const raised: QueryToken[] = [];
  let leftIsFielded = false;
  let afterColon = false;
  for (const [index, token] of tokens.entries()) {
    const operator = !afterColon && isOperatorWord(token) ? (token.text as 'and' | 'or') : undefined;
    if (operator && leftIsFielded && startsClause(tokens, index + 1)) {
      raised.push({ ...token, kind: operator });
      leftIsFielded = false;
      continue;
    }
    if (token.kind === 'close') leftIsFielded = true;
    else if (opens.has(token.kind)) leftIsFielded = false;
    else if (values.has(token.kind) && tokens[index + 1]?.kind !== 'colon') leftIsFielded = afterColon;
    // A range's own tokens stand between the colon and the end that counts as its value.
    afterColon =
      token.kind === 'colon' ||
      (afterColon && token.kind.startsWith('range') && !values.has(token.kind)) ||
      (afterColon && token.kind === 'to');
    raised.push(token);
  }
  return raised;
}
