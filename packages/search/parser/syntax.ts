/** A query's text as read by the grammar, before fields, analysis and default operator come in. */

export interface Boost {
  /** `^=n` gives every document the score n; `^n` multiplies. */
  constant: boolean;
  value: number;
}

interface LeafBase {
  field: string | undefined;
  boost: Boost | undefined;
}

export interface WordLeaf extends LeafBase {
  kind: 'word';
  shape: 'term' | 'star' | 'prefix' | 'wild' | 'regex';
  /** Raw text, escapes not yet resolved. */
  text: string;
  /** What follows `~`; an empty text where nothing does. */
  fuzzy: string | undefined;
}

export interface QuotedLeaf extends LeafBase {
  kind: 'quoted';
  text: string;
  slop: string | undefined;
}

export interface RangeBound {
  /** Raw text; undefined is open. */
  text: string | undefined;
  inclusive: boolean;
}

export interface RangeLeaf extends LeafBase {
  kind: 'range';
  lower: RangeBound;
  upper: RangeBound;
}

export interface Group {
  kind: 'group';
  field: string | undefined;
  level: Level;
  boost: Boost | undefined;
  /** `filter(…)` adds nothing to the score. */
  scored: boolean;
}

export type Leaf = WordLeaf | QuotedLeaf | RangeLeaf;
export type Clause = Leaf | Group;
export type Conjunction = 'none' | 'and' | 'or';
export type Modifier = 'none' | 'require' | 'prohibit';

export interface ClauseItem {
  kind: 'clause';
  conjunction: Conjunction;
  modifier: Modifier;
  clause: Clause;
}

/** Bare words in a row, analysed together. */
export interface WordsItem {
  kind: 'words';
  words: string[];
}

export type Item = ClauseItem | WordsItem;

/** What stands between two parentheses, or the whole query. */
export interface Level {
  items: Item[];
}
