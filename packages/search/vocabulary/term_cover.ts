import type { SortedTerms } from './sorted_terms.ts';

/** Terms of a vocabulary: all that begin in one of these ways, and these. */
export interface TermCover {
  beginnings: string[];
  terms: string[];
}

/**
 * Covers terms by beginnings that no other term of the vocabulary has, as short as they may be. Terms come in the order
 * of the vocabulary, part by part.
 */
export function coverTerms(
  terms: readonly string[],
  vocabulary: readonly SortedTerms[],
  isUsable: (beginning: string) => boolean,
): TermCover {
  const cover: TermCover = { beginnings: [], terms: [] };
  let taken = 0;
  for (const part of vocabulary) {
    const others = vocabulary.filter((one) => one !== part);
    const marked = new Uint8Array(part.size);
    for (; taken < terms.length; taken++) {
      const place = part.placeOf(terms[taken]!);
      if (place === undefined) break;
      marked[place] = 1;
    }
    // One by itself is looked up as it is.
    for (const { length, from, to } of part.subtrees(marked)) {
      const beginning = part.at(from).slice(0, length);
      if (to - from > 1 && isUsable(beginning) && !others.some((one) => one.hasAny(beginning)))
        cover.beginnings.push(beginning);
      else for (let place = from; place < to; place++) cover.terms.push(part.at(place));
    }
  }
  return cover;
}
