import type { Expression, Range } from './expression.ts';

/** How an expression is written for Lucene, with `&`, `~` and `#` as the only signs beside the usual ones. */
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
      return `(${writeExpression(expression.part)})${times(expression.least, expression.most)}`;
    case 'all':
      return expression.parts.map((part) => `(${writeExpression(part)})`).join('&');
    case 'not':
      return `~(${writeExpression(expression.part)})`;
    case 'nothing':
      return '#';
  }
}

const inGroup = (part: Expression): string =>
  part.kind === 'choice' || part.kind === 'all' ? `(${writeExpression(part)})` : writeExpression(part);

function times(least: number, most: number | undefined): string {
  if (most === undefined) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`;
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
