/** A regular expression as it was understood; it describes whole terms. Characters are code points. */
export type Expression =
  | { readonly kind: 'characters'; readonly negated: boolean; readonly ranges: readonly Range[] }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'repeat';
      readonly part: Expression;
      readonly least: number;
      readonly most: number | undefined;
    }
  /** What every part describes. */
  | { readonly kind: 'all'; readonly parts: readonly Expression[] }
  /** What the part does not describe. */
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'nothing' };

/** The first and the last character. */
export type Range = readonly [number, number];

export const nothing: Expression = { kind: 'nothing' };
export const anyCharacter: Expression = { kind: 'characters', negated: true, ranges: [] };

export const characters = (negated: boolean, ranges: readonly Range[]): Expression => ({
  kind: 'characters',
  negated,
  ranges,
});

export const text = (of: string): Expression =>
  sequence(Array.from(of, (one) => characters(false, [[one.codePointAt(0)!, one.codePointAt(0)!]])));

export function sequence(parts: readonly Expression[]): Expression {
  if (parts.some(({ kind }) => kind === 'nothing')) return nothing;
  return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
}

export function choice(parts: readonly Expression[]): Expression {
  const some = parts.filter(({ kind }) => kind !== 'nothing');
  if (some.length < 2) return some[0] ?? nothing;
  return { kind: 'choice', parts: some };
}

export function repeat(part: Expression, least: number, most: number | undefined): Expression {
  if (part.kind === 'nothing') return least === 0 ? sequence([]) : nothing;
  return { kind: 'repeat', part, least, most };
}

export function all(parts: readonly Expression[]): Expression {
  if (parts.some(({ kind }) => kind === 'nothing')) return nothing;
  return parts.length === 1 ? parts[0]! : { kind: 'all', parts };
}

export const not = (part: Expression): Expression => ({ kind: 'not', part });
