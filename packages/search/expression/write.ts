import type { Expression, Range } from './expression.ts';

/** How an expression is written where only the usual signs have a meaning, in PostgreSQL as in Lucene. */
export function writeExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'characters':
      return expression.ranges.length === 0 && expression.negated ? '.' : writeClass(expression);
    case 'sequence':
      return expression.parts.length === 0 ? '()' : expression.parts.map(inGroup).join('');
    case 'choice':
      return expression.parts
        .map(writeExpression)
        .map((part) => `(${part})`)
        .join('|');
    case 'repeat':
      return writeRepeat(expression);
    case 'all':
      return expression.parts.map((part) => `(${writeExpression(part)})`).join('&');
    case 'not':
      return `~(${writeExpression(expression.part)})`;
    case 'nothing':
      return '#';
  }
}

const inGroup = (part: Expression): string =>
  part.kind === 'choice' ? `(${writeExpression(part)})` : writeExpression(part);

/** PostgreSQL counts no further. */
const mostTimes = 255;

function writeRepeat({ part, least, most }: Expression & { kind: 'repeat' }): string {
  const written = `(${writeExpression(part)})`;
  let text = '';
  let [fewest, rest] = [least, most ?? Number.POSITIVE_INFINITY];
  // What is repeated more often stands there several times.
  while (fewest > mostTimes || (rest > mostTimes && most !== undefined)) {
    text += written + times(Math.min(fewest, mostTimes), mostTimes);
    fewest = Math.max(0, fewest - mostTimes);
    rest -= mostTimes;
  }
  return text + written + times(fewest, rest);
}

function times(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
  if (least === most) return `{${least}}`;
  return least === 0 && most === 1 ? '?' : `{${least},${most}}`;
}

function writeClass({ negated, ranges }: { negated: boolean; ranges: readonly Range[] }): string {
  const [only] = ranges;
  if (!negated && ranges.length === 1 && only![0] === only![1]) return sign(only![0]);
  const inside = ranges.map(([from, to]) => (from === to ? sign(from) : `${sign(from)}-${sign(to)}`));
  return `[${negated ? '^' : ''}${inside.join('')}]`;
}

const sign = (code: number): string => String.fromCodePoint(code).replace(/[!-/:-@[-`{-~]/, '\\$&');
