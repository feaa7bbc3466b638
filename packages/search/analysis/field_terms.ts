import { copiesOf } from '../schema/copy_rules.ts';
import { fieldOf } from '../schema/field_type.ts';
import { analyseForIndex } from './analyser.ts';
import type { Token } from './token.ts';

/** A text field of one document as an index sees it. */
export interface FieldTerms {
  /** Places of each term; values of a field lie 100 apart, so that no phrase spans two. */
  positions: Map<string, number[]>;
  /** The terms of each value by their places in it. */
  values: readonly (readonly Token[])[];
  /** Tokens, several at one place counted once: the length that BM25 knows. */
  length: number;
  /** All tokens. */
  total: number;
}

const gapBetweenValues = 100;

/** The terms of all text fields of a document, those copied from other fields included. */
export function termsOf(fields: Record<string, string[]>): Map<string, FieldTerms> {
  const sources = new Map<string, string[][]>();
  for (const [name, values] of Object.entries(fields))
    for (const target of [name, ...copiesOf(name)]) {
      const { type } = fieldOf(target);
      if (type !== 'text' && type !== 'text_general') continue;
      sources.set(target, [...(sources.get(target) ?? []), values]);
    }
  const analysed = new Map<string, FieldTerms>();
  const tokens = { text: rememberedTokens('text'), text_general: rememberedTokens('text_general') };
  for (const [name, lists] of sources) {
    const type = fieldOf(name).type === 'text' ? 'text' : 'text_general';
    analysed.set(name, fieldTerms(lists.flat().map(tokens[type])));
  }
  return analysed;
}

/** Most values are copied to another field of the same type, and are the same tokens there. */
function rememberedTokens(type: 'text' | 'text_general'): (value: string) => Token[] {
  const known = new Map<string, Token[]>();
  return (value) => {
    let tokens = known.get(value);
    if (!tokens) {
      tokens = analyseForIndex(value, type);
      known.set(value, tokens);
    }
    return tokens;
  };
}

function fieldTerms(values: Token[][]): FieldTerms {
  const positions = new Map<string, number[]>();
  let [length, total, start] = [0, 0, 0];
  for (const tokens of values) {
    let last = -1;
    for (const { term, position } of tokens) {
      const places = positions.get(term);
      if (places) places.push(start + position);
      else positions.set(term, [start + position]);
      total++;
      if (position > last) length++;
      last = position;
    }
    start += last + 1 + gapBetweenValues;
  }
  return { positions, values, length, total };
}
