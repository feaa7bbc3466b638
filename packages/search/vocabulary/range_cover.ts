import type { TermRangeNode } from '../ast/range_node.ts';
import { byCodePoint } from './code_points.ts';
import type { Effort } from './effort.ts';
import { rangeTest } from './shape.ts';
import type { SortedTerms } from './sorted_terms.ts';

/** All terms of a vocabulary that are in a range: those that begin in one of these ways, and these. */
export interface RangeCover {
  beginnings: string[];
  terms: string[];
}

/** What one beginning is worth, in steps of an automaton. */
const stepsOfBeginning = 100;

/** Covers a range by as few as will do, using beginnings that `isUsable`. */
export function coverRange(
  range: TermRangeNode,
  vocabulary: readonly SortedTerms[],
  isUsable: (beginning: string) => boolean,
  effort: Effort,
): RangeCover {
  const { lower, upper } = range;
  const cover: RangeCover = { beginnings: [], terms: [] };
  const isInside = rangeTest(range);
  const allInside = (beginning: string) => isInside(beginning) && !upper?.value.startsWith(beginning);
  const noneInside = (beginning: string) =>
    (lower && byCodePoint(beginning, lower.value) < 0 && !lower.value.startsWith(beginning)) ||
    (upper && byCodePoint(beginning, upper.value) > 0);
  const pending = [''];
  for (let beginning = pending.pop(); beginning !== undefined; beginning = pending.pop()) {
    effort.spend(stepsOfBeginning);
    if (noneInside(beginning)) continue;
    if (beginning !== '' && allInside(beginning) && isUsable(beginning)) {
      cover.beginnings.push(beginning);
      continue;
    }
    const { isTerm, longer } = continuations(beginning, vocabulary);
    if (isTerm && isInside(beginning)) cover.terms.push(beginning);
    pending.push(...longer);
  }
  return cover;
}

/** Whether what terms begin with is a term itself, and the beginnings of one more character that there are. */
function continuations(
  beginning: string,
  vocabulary: readonly SortedTerms[],
): { isTerm: boolean; longer: Set<string> } {
  const longer = new Set<string>();
  let isTerm = false;
  for (const terms of vocabulary)
    for (let place = terms.firstFrom(beginning); place < terms.size; ) {
      const term = terms.at(place);
      if (!term.startsWith(beginning)) break;
      if (term.length === beginning.length) {
        isTerm = true;
        place++;
        continue;
      }
      const next = beginning + String.fromCodePoint(term.codePointAt(beginning.length)!);
      longer.add(next);
      place = terms.firstBeyond(next);
    }
  return { isTerm, longer };
}
