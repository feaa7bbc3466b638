import { characters, choice, type Expression, nothing, repeat, sequence, text } from './expression.ts';

/** Numbers of two bounds and what lies between, in so many digits; with 0 digits in any, zeros leading. */
export function interval(from: number, to: number, width: number): Expression {
  const [least, most] = from > to ? [to, from] : [from, to];
  if (width > 0) return between(String(least).padStart(width, '0'), String(most).padStart(width, '0'));
  const lengths: Expression[] = [];
  for (let length = String(least).length; length <= String(most).length; length++) {
    const first = Math.max(least, length === 1 ? 0 : 10 ** (length - 1));
    lengths.push(between(String(first), String(Math.min(most, 10 ** length - 1))));
  }
  return sequence([repeat(text('0'), 0, undefined), choice(lengths)]);
}

/** Two numbers of one length. */
function between(from: string, to: string): Expression {
  if (from === '') return sequence([]);
  const [first, last] = [Number(from[0]), Number(to[0])];
  const [low, high] = [from.slice(1), to.slice(1)];
  if (first === last) return sequence([text(from[0]!), between(low, high)]);
  // A bound that leaves its later digits free belongs to those between: without it, an expression would double
  // its length with every digit.
  const lowest = /^0*$/.test(low) ? first : first + 1;
  const highest = /^9*$/.test(high) ? last : last - 1;
  const nines = '9'.repeat(low.length);
  const zeros = '0'.repeat(low.length);
  return choice([
    lowest > first ? sequence([text(from[0]!), between(low, nines)]) : nothing,
    lowest <= highest ? sequence([digits(lowest, highest), ...anyDigits(low.length)]) : nothing,
    highest < last ? sequence([text(to[0]!), between(zeros, high)]) : nothing,
  ]);
}

const digits = (first: number, last: number): Expression =>
  characters(false, [[codeOf(first), codeOf(last)]]);

const anyDigits = (count: number): Expression[] => (count === 0 ? [] : [repeat(digits(0, 9), count, count)]);

const codeOf = (digit: number): number => String(digit).charCodeAt(0);
