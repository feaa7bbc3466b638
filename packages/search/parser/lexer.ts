import { endOfPlain } from './plain_word.ts';
import { QuerySyntaxError } from './syntax_error.ts';
import type { QueryToken, TokenKind } from './token.ts';

// The lexical grammar of Solr's lucene parser (spec/search 4.2): the longest match wins, and among equals the
// earlier rule. Every expression is sticky and linear.

const blanks = ' \t\n\r\u3000';
const isBlank = (text: string, at: number) => at < text.length && blanks.includes(text[at]!);

const special = String.raw` \t\n\r\u3000+\-!():^[\]"{}~*?\\/`;
const escaped = String.raw`\\[\s\S]`;
/** A plain word ends before these; before a parenthesis it may be more than a word. */
const endsWord = ` \t\n\r\u3000):^[]"{}~`;

const wildRun = new RegExp(
  `(?:[^${special}]|${escaped}|[*?])(?:[^ \\t\\n\\r\\u3000():^[\\]"{}~\\\\]|${escaped})*`,
  'y',
);
const quoted = /"(?:[^"\\]|\\[\s\S])*"/y;
const regex = /\/(?:\\\/|[^*/])(?:\\\/|[^/])*\//y;
const fuzzy = /~(?:\d+(?:\.\d+)?)?/y;
const boost = /=?-?\d+(?:\.\d+)?/y;
const rangeQuoted = /"(?:[^"]|\\")+"/y;
const rangeWord = /[^ \]}]+/y;
const rangeSpace = / +/y;

const signs: Record<string, TokenKind> = {
  '(': 'open',
  ')': 'close',
  ':': 'colon',
  '[': 'rangeInclusive',
  '{': 'rangeExclusive',
  '+': 'plus',
  '-': 'minus',
  '!': 'not',
};

const operators = new Map<string, TokenKind>([
  ['AND', 'and'],
  ['&&', 'and'],
  ['OR', 'or'],
  ['||', 'or'],
  ['NOT', 'not'],
]);

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

/** The tokens of a query, the last of them `end`. @throws QuerySyntaxError */
export function tokenise(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  const lastBrace = text.lastIndexOf('}');
  let at = 0;
  const take = (kind: TokenKind, found: string) => {
    tokens.push({ kind, text: found, at });
    at += found.length;
  };
  while (at < text.length) {
    if (isBlank(text, at)) {
      at++;
      continue;
    }
    const end = endOfPlain(text, at);
    if (end > at && (end === text.length || endsWord.includes(text[end]!))) {
      const word = text.slice(at, end);
      take(operators.get(word) ?? 'term', word);
      continue;
    }
    if (text[at] === '/' && text[at + 1] === '*') {
      at = endOfComment(text, at);
      continue;
    }
    const opened = readOne(text, at, lastBrace, take);
    if (opened === 'range')
      readRange(
        text,
        () => at,
        take,
        (count) => (at += count),
      );
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

type Take = (kind: TokenKind, found: string) => void;

function readOne(text: string, at: number, lastBrace: number, take: Take): 'range' | undefined {
  const first = text[at]!;
  if ('+-!'.includes(first) && isBlank(text, at + 1)) {
    take('bareOperator', text.slice(at, at + 2));
    return;
  }
  if (first === '^') {
    take('caret', '^');
    const number = matchAt(boost, text, at + 1);
    if (number === undefined) throw lexical(text, at + 1);
    take('number', number);
    return;
  }
  if (first === '"') return takeMatch('quoted', quoted, text, at, take);
  if (first === '~') return takeMatch('fuzzy', fuzzy, text, at, take);
  if (first === '/') return takeMatch('regex', regex, text, at, take);
  // Without an end they are none, and the brace begins a range.
  if (first === '{' && text[at + 1] === '!' && at < lastBrace) {
    take('localParameters', '{!');
    return;
  }
  const sign = signs[first];
  if (sign !== undefined) {
    take(sign, first);
    return sign === 'rangeInclusive' || sign === 'rangeExclusive' ? 'range' : undefined;
  }
  readWord(text, at, take);
  return;
}

function takeMatch(kind: TokenKind, expression: RegExp, text: string, at: number, take: Take): undefined {
  const found = matchAt(expression, text, at);
  if (found === undefined) throw lexical(text, text.length);
  take(kind, found);
}

function readWord(text: string, at: number, take: Take): void {
  const run = matchAt(wildRun, text, at);
  if (run === undefined) throw lexical(text, at);
  const kind = kindOfRun(run);
  if (kind === 'term' && run === 'filter' && text[at + run.length] === '(') take('filter', 'filter(');
  else take(kind, run);
}

function kindOfRun(run: string): TokenKind {
  if (run === '*') return 'star';
  let wilds = 0;
  for (let index = 0; index < run.length; index++) {
    if (run[index] === '\\') index++;
    else if (run[index] === '*' || run[index] === '?') {
      wilds++;
      if (run[index] === '*' && wilds === 1 && index === run.length - 1) return 'prefix';
    }
  }
  return wilds > 0 ? 'wild' : (operators.get(run) ?? 'term');
}

// A comment that is never closed runs to the end.
function endOfComment(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('/*', at)) {
      depth++;
      at++;
    } else if (text.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

function readRange(text: string, place: () => number, take: Take, skip: (count: number) => void): void {
  for (;;) {
    const blank = matchAt(rangeSpace, text, place());
    if (blank !== undefined) skip(blank.length);
    const at = place();
    const first = text[at];
    if (first === ']' || first === '}') {
      take(first === ']' ? 'rangeInclusiveEnd' : 'rangeExclusiveEnd', first);
      return;
    }
    const word = matchAt(rangeWord, text, at);
    // A blank that is none to a range belongs to what follows it; by itself it is one.
    if (word?.length === 1 && isBlank(word, 0)) {
      skip(1);
      continue;
    }
    const inQuotes = matchAt(rangeQuoted, text, at);
    if (inQuotes !== undefined && inQuotes.length >= (word?.length ?? 0)) take('rangeQuoted', inQuotes);
    else if (word === 'TO') take('to', word);
    else if (word !== undefined) take('rangeWord', word);
    else throw lexical(text, at);
  }
}

function lexical(text: string, at: number): QuerySyntaxError {
  const place = at >= text.length ? '<EOF>' : JSON.stringify(text[at]);
  return new QuerySyntaxError(
    `Cannot parse '${text}': Lexical error at column ${at + 1}. Encountered: ${place}`,
  );
}
