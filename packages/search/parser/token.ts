export type TokenKind =
  | 'and'
  | 'or'
  | 'not'
  | 'plus'
  | 'minus'
  | 'bareOperator'
  | 'open'
  | 'close'
  | 'colon'
  | 'star'
  | 'caret'
  | 'quoted'
  | 'term'
  | 'fuzzy'
  | 'prefix'
  | 'wild'
  | 'regex'
  | 'rangeInclusive'
  | 'rangeExclusive'
  | 'localParameters'
  | 'filter'
  | 'number'
  | 'to'
  | 'rangeQuoted'
  | 'rangeWord'
  | 'rangeInclusiveEnd'
  | 'rangeExclusiveEnd'
  | 'end';

/** A piece of a query, with its place for messages. */
export interface QueryToken {
  kind: TokenKind;
  text: string;
  at: number;
}
