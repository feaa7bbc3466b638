import { resolveEscapes } from './escapes.ts';
import { tokenise } from './lexer.ts';
import { deepestNesting } from './limits.ts';
import type { Boost, Clause, Conjunction, Item, Level, Modifier, RangeBound } from './syntax.ts';
import { QuerySyntaxError } from './syntax_error.ts';
import type { QueryToken, TokenKind } from './token.ts';

/** Solr's lucene grammar (spec/search 4.3) by recursive descent. @throws QuerySyntaxError */
export function parseSyntax(text: string, tokens: QueryToken[] = tokenise(text)): Level {
  const reader = new Reader(text, tokens);
  const level = readLevel(reader, 0);
  if (reader.kind() !== 'end') throw reader.unexpected();
  return level;
}

/** Holds the place in the tokens. */
class Reader {
  #next = 0;
  readonly #text: string;
  readonly #tokens: QueryToken[];

  constructor(text: string, tokens: QueryToken[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  kind(ahead = 0): TokenKind {
    return this.#tokens[this.#next + ahead]?.kind ?? 'end';
  }

  take(): QueryToken {
    return this.#tokens[this.#next++]!;
  }

  expect(...kinds: TokenKind[]): QueryToken {
    if (!kinds.includes(this.kind())) throw this.unexpected();
    return this.take();
  }

  takeIf(kind: TokenKind): QueryToken | undefined {
    return this.kind() === kind ? this.take() : undefined;
  }

  unexpected(token = this.#tokens[this.#next]): QuerySyntaxError {
    const found = !token || token.kind === 'end' ? '<EOF>' : token.text;
    return new QuerySyntaxError(
      `Cannot parse '${this.#text}': Encountered "${found}" at column ${token?.at ?? this.#text.length}`,
    );
  }
}

function readLevel(reader: Reader, depth: number): Level {
  if (depth > deepestNesting) throw new QuerySyntaxError(`parentheses nest deeper than ${deepestNesting}`);
  const items: Item[] = [readItem(reader, depth, 'none')];
  while (reader.kind() !== 'end' && reader.kind() !== 'close') {
    const words = readWords(reader);
    if (words) items.push(words);
    else items.push(readItem(reader, depth, readConjunction(reader)));
  }
  return { items };
}

function readConjunction(reader: Reader): Conjunction {
  if (reader.takeIf('and')) return 'and';
  return reader.takeIf('or') ? 'or' : 'none';
}

function readItem(reader: Reader, depth: number, conjunction: Conjunction): Item {
  if (conjunction === 'none') {
    const words = readWords(reader);
    if (words) return words;
  }
  return { kind: 'clause', conjunction, modifier: readModifier(reader), clause: readClause(reader, depth) };
}

function readModifier(reader: Reader): Modifier {
  if (reader.takeIf('plus')) return 'require';
  return reader.takeIf('minus') || reader.takeIf('not') ? 'prohibit' : 'none';
}

// A word followed by one of these is the start of something else than a row of bare words.
const endsWords = new Set<TokenKind>(['colon', 'star', 'fuzzy', 'caret', 'and', 'or']);

function readWords(reader: Reader): Item | undefined {
  const anotherWord = (ahead: number) =>
    reader.kind(ahead) === 'term' && !endsWords.has(reader.kind(ahead + 1));
  if (reader.kind() !== 'term' || !anotherWord(1)) return undefined;
  const words = [reader.take().text];
  while (anotherWord(0)) words.push(reader.take().text);
  return { kind: 'words', words };
}

function readClause(reader: Reader, depth: number): Clause {
  const field = readField(reader);
  switch (reader.kind()) {
    case 'open':
    case 'filter': {
      const scored = reader.take().kind === 'open';
      const level = readLevel(reader, depth + 1);
      reader.expect('close');
      return { kind: 'group', field, level, boost: readBoost(reader), scored };
    }
    case 'localParameters':
      throw new QuerySyntaxError('Local parameters are not supported inside a query');
    default:
      return readLeaf(reader, field);
  }
}

function readField(reader: Reader): string | undefined {
  const named = reader.kind() === 'term' || reader.kind() === 'star';
  if (!named || reader.kind(1) !== 'colon') return undefined;
  const name = resolveEscapes(reader.take().text);
  reader.take();
  if (name === '_query_' || name === '_val_')
    throw new QuerySyntaxError(`${name} is not supported inside a query`);
  return name;
}

function readLeaf(reader: Reader, field: string | undefined): Clause {
  const token = reader.take();
  switch (token.kind) {
    case 'term':
    case 'star':
    case 'prefix':
    case 'wild':
    case 'regex':
      return { kind: 'word', shape: token.kind, field, text: token.text, ...readSuffix(reader) };
    case 'bareOperator':
      return { kind: 'word', shape: 'term', field, text: token.text[0]!, ...readSuffix(reader) };
    case 'quoted': {
      const { fuzzy: slop, boost } = readSuffix(reader);
      return { kind: 'quoted', field, text: token.text.slice(1, -1), slop, boost };
    }
    case 'rangeInclusive':
    case 'rangeExclusive': {
      const lower = { text: readBound(reader), inclusive: token.kind === 'rangeInclusive' };
      reader.expect('to');
      const text = readBound(reader);
      const end = reader.expect('rangeInclusiveEnd', 'rangeExclusiveEnd');
      const upper: RangeBound = { text, inclusive: end.kind === 'rangeInclusiveEnd' };
      return { kind: 'range', field, lower, upper, boost: readBoost(reader) };
    }
    default:
      throw reader.unexpected(token);
  }
}

function readBound(reader: Reader): string | undefined {
  const token = reader.expect('rangeWord', 'rangeQuoted', 'to');
  if (token.kind === 'rangeQuoted') return token.text.slice(1, -1);
  return token.text === '*' ? undefined : token.text;
}

// `~n^m` and `^m~n` mean the same.
function readSuffix(reader: Reader): { fuzzy: string | undefined; boost: Boost | undefined } {
  let fuzzy = reader.takeIf('fuzzy');
  const boost = readBoost(reader);
  if (boost) fuzzy ??= reader.takeIf('fuzzy');
  return { fuzzy: fuzzy?.text.slice(1), boost };
}

function readBoost(reader: Reader): Boost | undefined {
  if (!reader.takeIf('caret')) return undefined;
  const { text } = reader.expect('number');
  const constant = text.startsWith('=');
  return { constant, value: Number(constant ? text.slice(1) : text) };
}
