import { copiesOf } from '../schema/copy_rules.ts';
import { fieldOf } from '../schema/field_type.ts';
import { analyseForIndex } from './analyser.ts';

/** A text field of one document as an index sees it. */
export interface FieldTerms {
  /** Places of each term; values of a field lie 100 apart, so that no phrase spans two. */
  positions: Map<string, number[]>;
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
  for (const [name, lists] of sources) analysed.set(name, fieldTerms(name, lists.flat()));
  return analysed;
}

function fieldTerms(name: string, values: string[]): FieldTerms {
  const type = fieldOf(name).type === 'text' ? 'text' : 'text_general';
  const positions = new Map<string, number[]>();
  let [length, total, start] = [0, 0, 0];
  for (const value of values) {
    let last = -1;
    for (const { term, position } of analyseForIndex(value, type)) {
      const places = positions.get(term);
      if (places) places.push(start + position);
      else positions.set(term, [start + position]);
      total++;
      if (position > last) length++;
      last = position;
    }
    start += last + 1 + gapBetweenValues;
  }
  return { positions, length, total };
}
