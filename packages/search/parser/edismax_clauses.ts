import { isSpaceAt } from '../analysis/white_space.ts';
import { isJavaIdentifierPart } from './java_identifier.ts';
import { endOfPlain } from './plain_word.ts';

// Where a text is not a query, edismax reads it once more with every special character escaped. What counts as
// a clause, as a field and as special then is this file's; it follows Solr's ExtendedDismaxQParser. Each clause is
// followed by a blank, the last one too, which a final backslash then escapes. A phrase is a clause wherever it begins,
// so that the `!` of `!"a b"` stands alone and means nothing.

interface EscapedClause {
  sign: string;
  field: string | undefined;
  isPhrase: boolean;
  text: string;
}

const special = new Set('!():^[]{}~*?"+-\\|&/');

/** The same words with nothing but fields, signs and phrases left of the syntax. */
export function escapeQuery(text: string): string {
  return split(text, false)
    .map(({ sign, field, isPhrase, text: value }) => {
      const quote = isPhrase || ['OR', 'AND', 'NOT'].includes(value) ? '"' : '';
      return `${sign}${field === undefined ? '' : `${field}:`}${quote}${value}${quote}`;
    })
    .concat('')
    .join(' ');
}

/** The text with the colons escaped that do not follow a field's name. */
export function escapeStrayColons(text: string): string {
  return splitRaw(text)
    .map(({ raw, field }) => (field || raw === '*:*' ? raw : raw.replace(/([^\\]):/g, '$1\\:')))
    .concat('')
    .join(' ');
}

function splitRaw(text: string): { raw: string; field: boolean }[] {
  const pieces: { raw: string; field: boolean }[] = [];
  scan(text, false, (clause, start, end) =>
    pieces.push({ raw: text.slice(start, end), field: clause.field !== undefined }),
  );
  return pieces;
}

function split(text: string, ignoreQuotes: boolean): EscapedClause[] {
  const clauses: EscapedClause[] = [];
  scan(text, ignoreQuotes, (clause) => clauses.push(clause));
  return clauses;
}

type Found = (clause: EscapedClause, start: number, end: number) => void;

function scan(text: string, ignoreQuotes: boolean, found: Found): void {
  const closes = ignoreQuotes ? -1 : lastBalancedQuote(text);
  if (closes === undefined) {
    scan(text, true, found);
    return;
  }
  let at = 0;
  while (at < text.length) {
    while (isSpaceAt(text, at)) at++;
    if (at >= text.length) break;
    const start = at;
    let sign = '';
    if ((text[at] === '+' || text[at] === '-') && at + 1 < text.length) sign = text[at++]!;
    const field = fieldAt(text, at);
    if (field !== undefined) at = text.indexOf(':', at) + 1;
    if (at >= text.length) break;
    const value = readValue(text, at, ignoreQuotes);
    at = value.end;
    if (value.text === '' && !value.isPhrase) {
      if (sign !== '') found({ sign: '', field, isPhrase: false, text: `\\${sign}` }, start, at);
    } else found({ sign, field, isPhrase: value.isPhrase, text: value.text }, start, at);
  }
}

// Undefined where a phrase is opened and never closed: quotes are then like any other character.
function lastBalancedQuote(text: string): number | undefined {
  let at = 0;
  while (at < text.length) {
    while (isSpaceAt(text, at)) at++;
    if (at >= text.length) break;
    if ((text[at] === '+' || text[at] === '-') && at + 1 < text.length) at++;
    if (fieldAt(text, at) !== undefined) at = text.indexOf(':', at) + 1;
    if (at >= text.length) break;
    const value = readValue(text, at, false);
    if (!value.closed) return undefined;
    at = value.end;
  }
  return at;
}

interface Value {
  text: string;
  isPhrase: boolean;
  closed: boolean;
  end: number;
}

function readValue(text: string, from: number, ignoreQuotes: boolean): Value {
  const isPhrase = !ignoreQuotes && text[from] === '"';
  let at = isPhrase ? from + 1 : from;
  let value = '';
  while (at < text.length) {
    const plain = endOfPlain(text, at);
    if (plain > at) {
      value += text.slice(at, plain);
      at = plain;
      continue;
    }
    const character = text[at++]!;
    if (character === '\\') {
      value += character + (text[at] ?? '\\');
      at++;
    } else if (isPhrase && character === '"') return { text: value, isPhrase, closed: true, end: at };
    else if (!isPhrase && (isSpaceAt(character, 0) || (character === '"' && !ignoreQuotes)))
      return { text: value, isPhrase, closed: true, end: at - 1 };
    else value += !isPhrase && special.has(character) ? `\\${character}` : character;
  }
  return { text: value, isPhrase, closed: !isPhrase, end: Math.min(at, text.length) };
}

// Parentheses and signs may stand before a field's name; they then belong to neither.
function fieldAt(text: string, from: number): string | undefined {
  let start = from;
  while (start < text.length && '(+-'.includes(text[start]!)) start++;
  // Whatever stands in no name ends it: where none is, the rest of the text is not looked through for a colon.
  let colon = endOfPlain(text, start);
  for (const character of charactersFrom(text, colon)) {
    if (character === ':') {
      const isField = colon > start && isJavaIdentifierPart(text[start]) && hasValue(text, colon + 1);
      return isField ? text.slice(start, colon) : undefined;
    }
    if (!isJavaIdentifierPart(character) && character !== '-' && character !== '.') return undefined;
    colon += character.length;
  }
  return undefined;
}

// `title: x` names no field here, other than in lucene.
const hasValue = (text: string, at: number) => at < text.length && !isSpaceAt(text, at);

function* charactersFrom(text: string, from: number): Generator<string> {
  for (let at = from; at < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    yield character;
    at += character.length;
  }
}
