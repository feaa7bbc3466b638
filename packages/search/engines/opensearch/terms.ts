import { createHash } from 'node:crypto';
import { analyseForIndex } from '../../analysis/analyser.ts';
import type { PhrasePosition } from '../../ast/phrase_node.ts';
import { gapMark, stackMark, withoutMarks } from './marks.ts';
import type { Place } from './place.ts';

/** Bytes; Lucene refuses a document for a term of more than 32,766. */
const longestTerm = 8000;

/** The term as it stands in the index. Long ones are told apart by their hash. */
export function indexTerm({ prefix }: Place, term: string): string {
  const clean = withoutMarks(term);
  if (Buffer.byteLength(clean) <= longestTerm) return prefix + clean;
  return `${prefix}${clean.slice(0, 1000)}${createHash('sha256').update(clean).digest('hex')}`;
}

/** Terms at places, as text that the analyser `terms` of the mapping reads back as just these. */
export function written(place: Place, positions: readonly PhrasePosition[]): string {
  const words: string[] = [];
  for (const { offset, terms } of [...positions].sort((a, b) => a.offset - b.offset)) {
    while (words.length < offset) words.push(gapMark);
    const stacked = terms.map((term) => indexTerm(place, term)).join(stackMark);
    words[offset] = words[offset] === undefined ? stacked : `${words[offset]}${stackMark}${stacked}`;
  }
  return words.join(' ');
}

/** A value of a text field as our own analyser sees it. */
export function writtenValue(place: Place, value: string, type: 'text' | 'text_general'): string {
  const byPlace = new Map<number, string[]>();
  for (const { term, position } of analyseForIndex(value, type)) {
    const there = byPlace.get(position);
    if (there) there.push(term);
    else byPlace.set(position, [term]);
  }
  return written(
    place,
    [...byPlace].map(([offset, terms]) => ({ offset, terms })),
  );
}
