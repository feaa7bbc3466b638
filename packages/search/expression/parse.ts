import { QuerySyntaxError } from '../parser/syntax_error.ts';
import {
  all,
  anyCharacter,
  characters,
  choice,
  type Expression,
  not,
  nothing,
  type Range,
  repeat,
  sequence,
  text,
} from './expression.ts';
import { interval } from './interval.ts';

const largestInteger = 2 ** 31 - 1;

const range = (first: string, last: string): Range => [first.codePointAt(0)!, last.codePointAt(0)!];
const shorthands = new Map<string, Range[]>([
  ['d', [range('0', '9')]],
  ['w', [range('0', '9'), range('A', 'Z'), range('_', '_'), range('a', 'z')]],
  ['s', [range('\t', '\n'), range('\r', '\r'), range(' ', ' ')]],
]);

/**
 * Reads an expression in Lucene's syntax with all of its options, as Solr has them: beside the usual ones `a&b`
 * (both), `~a` (anything else), `#` (nothing), `@` (anything), `"a*"` (as it stands), `<1-30>` (numbers).
 * @throws QuerySyntaxError
 */
export function parseExpression(source: string): Expression {
  if (source === '') return sequence([]);
  const reader = new Reader(source);
  const expression = reader.choices();
  if (!reader.ended) reader.fail('end-of-string expected');
  return expression;
}

class Reader {
  readonly #source: string[];
  #at = 0;

  constructor(source: string) {
    this.#source = Array.from(source);
  }

  get ended(): boolean {
    return this.#at >= this.#source.length;
  }

  fail(problem: string): never {
    throw new QuerySyntaxError(`${problem} at position ${this.#at}`);
  }

  #peek(signs: string): boolean {
    return !this.ended && signs.includes(this.#source[this.#at]!);
  }

  #take(sign: string): boolean {
    const is = this.#peek(sign);
    if (is) this.#at++;
    return is;
  }

  #next(): string {
    if (this.ended) throw new QuerySyntaxError('unexpected end-of-string');
    return this.#source[this.#at++]!;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.fail(`expected '${sign}'`);
  }

  /** Up to the sign, which is taken too. */
  #until(sign: string): string {
    const start = this.#at;
    while (!this.ended && !this.#peek(sign)) this.#at++;
    const found = this.#source.slice(start, this.#at).join('');
    this.#expect(sign);
    return found;
  }

  choices(): Expression {
    const parts = [this.#alls()];
    while (this.#take('|')) parts.push(this.#alls());
    return choice(parts);
  }

  #alls(): Expression {
    const parts = [this.#sequence()];
    while (this.#take('&')) parts.push(this.#sequence());
    return all(parts);
  }

  // The first sign is read as a character, whatever it is: `|a` is two characters.
  #sequence(): Expression {
    const parts = [this.#repeated()];
    while (!this.ended && !this.#peek(')|&')) parts.push(this.#repeated());
    return sequence(parts);
  }

  #repeated(): Expression {
    let part = this.#complement();
    while (this.#peek('?*+{')) {
      const sign = this.#next();
      if (sign === '{') part = this.#counted(part);
      else part = repeat(part, sign === '+' ? 1 : 0, sign === '?' ? 1 : undefined);
    }
    return part;
  }

  #counted(part: Expression): Expression {
    const least = this.#integer();
    if (least === undefined) this.fail('integer expected');
    const most = this.#take(',') ? this.#integer() : least;
    this.#expect('}');
    if (most !== undefined && least > most)
      throw new QuerySyntaxError(`invalid repetition range(out of order): ${least}..${most}`);
    return repeat(part, least, most);
  }

  #integer(): number | undefined {
    const start = this.#at;
    while (this.#peek('0123456789')) this.#at++;
    if (start === this.#at) return undefined;
    const number = Number(this.#source.slice(start, this.#at).join(''));
    if (number > largestInteger) this.fail('integer too large');
    return number;
  }

  #complement(): Expression {
    return this.#take('~') ? not(this.#complement()) : this.#single();
  }

  #single(): Expression {
    if (this.#take('[')) return this.#characterClass();
    if (this.#take('.')) return anyCharacter;
    if (this.#take('#')) return nothing;
    if (this.#take('@')) return repeat(anyCharacter, 0, undefined);
    if (this.#take('"')) return text(this.#until('"'));
    if (this.#take('<')) return this.#numbers();
    if (this.#take('(')) {
      if (this.#take(')')) return sequence([]);
      const inside = this.choices();
      this.#expect(')');
      return inside;
    }
    const { negated, ranges } = this.#shorthand() ?? { negated: false, ranges: undefined };
    return ranges ? characters(negated, ranges) : text(this.#character());
  }

  #numbers(): Expression {
    const inside = this.#until('>');
    if (!inside.includes('-')) throw new QuerySyntaxError(`'${inside}' not found`);
    const [, from, to] = /^(\d+)-(\d+)$/.exec(inside) ?? [];
    if (from === undefined || to === undefined || Math.max(Number(from), Number(to)) > largestInteger)
      this.fail('interval syntax error');
    return interval(Number(from), Number(to), from.length === to.length ? from.length : 0);
  }

  #characterClass(): Expression {
    const negated = this.#take('^');
    const members: Expression[] = [];
    do members.push(this.#member());
    while (!this.ended && !this.#peek(']'));
    this.#expect(']');
    const ranges = members.flatMap((one) => (one.kind === 'characters' && !one.negated ? one.ranges : []));
    const others = members.flatMap((one) =>
      one.kind === 'characters' && one.negated ? complementOf(one.ranges) : [],
    );
    return characters(negated, [...ranges, ...others]);
  }

  #member(): Expression {
    const shorthand = this.#shorthand();
    if (shorthand) return characters(shorthand.negated, shorthand.ranges);
    const first = this.#character();
    const last = this.#take('-') ? this.#character() : first;
    const [from, to] = range(first, last);
    if (from > to) throw new QuerySyntaxError(`invalid range: from (${from}) cannot be > to (${to})`);
    return characters(false, [[from, to]]);
  }

  #shorthand(): { negated: boolean; ranges: Range[] } | undefined {
    const letter = this.#source[this.#at] === '\\' ? this.#source[this.#at + 1] : undefined;
    if (letter === undefined || !/[a-z]/i.test(letter)) return undefined;
    const ranges = shorthands.get(letter.toLowerCase());
    if (!ranges) throw new QuerySyntaxError(`invalid character class \\${letter}`);
    this.#at += 2;
    return { negated: letter !== letter.toLowerCase(), ranges };
  }

  #character(): string {
    this.#take('\\');
    return this.#next();
  }
}

/** The characters that are in none of these ranges, which are in order; no text holds U+0000. */
function complementOf(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  let from = 1;
  for (const [first, last] of ranges) {
    if (first > from) found.push([from, first - 1]);
    from = last + 1;
  }
  found.push([from, 0x10_ffff]);
  return found;
}
