import type { Expression } from './expression.ts';

/** A text that everything the expression describes has in it, as long as is easily told; empty where none is known. */
export function requiredText(expression: Expression): string {
  switch (expression.kind) {
    case 'characters':
      return onlyCharacter(expression) ?? '';
    case 'sequence':
      return inSequence(expression.parts);
    case 'all':
      return longest(expression.parts.map(requiredText));
    case 'repeat':
      return expression.least > 0 ? requiredText(expression.part) : '';
    default:
      return '';
  }
}

/** Characters that stand side by side are one text. */
function inSequence(parts: readonly Expression[]): string {
  const texts: string[] = [];
  let side = '';
  for (const part of parts) {
    const one = onlyCharacter(part);
    if (one !== undefined) side += one;
    else {
      texts.push(side, requiredText(part));
      side = '';
    }
  }
  return longest([...texts, side]);
}

function onlyCharacter(expression: Expression): string | undefined {
  if (expression.kind !== 'characters' || expression.negated || expression.ranges.length !== 1)
    return undefined;
  const [[first, last]] = expression.ranges as [readonly [number, number]];
  return first === last ? String.fromCodePoint(first) : undefined;
}

const longest = (texts: readonly string[]): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '');
