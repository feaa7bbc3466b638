export interface Bound<Value> {
  readonly value: Value;
  readonly inclusive: boolean;
}

/** Documents with a term between the bounds, by code point; a bound left out is open. */
export interface TermRangeNode {
  readonly kind: 'termRange';
  readonly field: string;
  readonly lower: Bound<string> | undefined;
  readonly upper: Bound<string> | undefined;
}

/** Documents with a number between the bounds; for a date field milliseconds since the epoch. */
export interface NumberRangeNode {
  readonly kind: 'numberRange';
  readonly field: string;
  readonly lower: Bound<number> | undefined;
  readonly upper: Bound<number> | undefined;
}

export const termRangeNode = (
  field: string,
  lower: Bound<string> | undefined,
  upper: Bound<string> | undefined,
): TermRangeNode => Object.freeze({ kind: 'termRange', field, lower, upper });

export const numberRangeNode = (
  field: string,
  lower: Bound<number> | undefined,
  upper: Bound<number> | undefined,
): NumberRangeNode => Object.freeze({ kind: 'numberRange', field, lower, upper });
