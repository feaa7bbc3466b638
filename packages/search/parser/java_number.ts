import { trimmedAsJava } from '../analysis/white_space.ts';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?$/;

/** What `Float.parseFloat` makes of a text, `1f` and single precision included; NaN where it is no number. */
export function javaFloat(text: string): number {
  const given = trimmedAsJava(text);
  return decimal.test(given) ? Math.fround(Number(given.replace(/[fFdD]$/, ''))) : Number.NaN;
}

/**
 * What a field of numbers makes of a text: endless where single precision ends, and NaN where it says so; undefined
 * where it is no number.
 */
export function javaFloatValue(text: string): number | undefined {
  const given = trimmedAsJava(text);
  if (/^[+-]?NaN$/.test(given)) return Number.NaN;
  if (/^[+-]?Infinity$/.test(given)) return Number(given);
  if (!decimal.test(given)) return undefined;
  const value = Number(given.replace(/[fFdD]$/, ''));
  return Number.isFinite(Math.fround(value)) ? value : Math.fround(value);
}

const whole = /^[+-]?\p{Nd}+$/u;
const furthest = 2 ** 31 - 1;

/** What `Integer.parseInt` makes of a text, digits of any script included; undefined where it is no number. */
export function javaInteger(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  const value = Number(text.replace(/\p{Nd}/gu, digitOf));
  return value <= furthest && value >= -furthest - 1 ? value : undefined;
}

// Unicode has the ten digits of a script one after the other; of mathematical letters, five such tens in a row.
function digitOf(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}
