import { createHash } from 'node:crypto';
import { analyseForIndex } from '../../analysis/analyser.ts';
import type { Token } from '../../analysis/token.ts';
import type { PhrasePosition } from '../../ast/phrase_node.ts';
import { gapMark, stackMark, withoutMarks } from './marks.ts';
import type { Place } from './place.ts';

/** Bytes; Lucene refuses a document for a term of more than 32,766. */
const longestTerm = 8000;
/** Characters that are never more bytes than that. */
const certainlyShort = longestTerm / 3;

/** The term as it stands in the index. Long ones are told apart by their hash. */
export function indexTerm({ prefix }: Place, term: string): string {
  const clean = withoutMarks(term);
  if (clean.length <= certainlyShort || Buffer.byteLength(clean) <= longestTerm) return prefix + clean;
  return `${prefix}${clean.slice(0, 1000)}${createHash('sha256').update(clean).digest('hex')}`;
}

/** Terms at places, as text that the analyser `terms` of the mapping reads back as just these. */
export function written(place: Place, positions: readonly PhrasePosition[]): string {
  const inOrder = [...positions].sort((a, b) => a.offset - b.offset);
  return writtenInOrder(
    place,
    inOrder.flatMap(({ offset, terms }) => terms.map((term) => ({ term, position: offset }))),
  );
}

/** A value of a text field as our own analyser sees it. */
export const writtenValue = (place: Place, value: string, type: 'text' | 'text_general'): string =>
  writtenInOrder(place, analyseForIndex(value, type));

function writtenInOrder(place: Place, tokens: readonly Token[]): string {
  let text = '';
  let next = 0;
  for (const { term, position } of tokens) {
    if (position < next) text += stackMark;
    else {
      for (; next < position; next++) text += next === 0 ? gapMark : ` ${gapMark}`;
      if (next++ > 0) text += ' ';
    }
    text += indexTerm(place, term);
  }
  return text;
}
