import { searchError } from '../../query/search_error.ts';

// What look-ups cost, in milliseconds of the processor, measured with 100,000 documents on a machine with other work to do.

/** A look-up, whatever of. */
const perLookup = 0.1;
/** A term of its own in the index. */
const perTerm = 0.025;
/** Of what terms would cost one by one: those that begin alike are looked up together. */
const leastShare = 0.25;
/** A document that a look-up lists: itself, and for each term that it is compared with. */
const perDocument = 0.000_6;
const perComparison = 0.000_02;
/** A document of a term that is looked up by how it begins. */
const perBeginning = 0.000_03;
/** A term of a vocabulary in which what is near a word is looked for. */
const perNear = 0.000_007;
/** A document whose terms are read. */
const perLook = 0.3;
/** One for itself, one for each bit of its further occurrences, and what they have in common. */
const lookupsOfWord = 10;
/** How many documents the lists of a word's further occurrences hold, for each that the word is in. */
const moreOccurrences = 0.7;

/** One look-up of so many terms, which as many documents as `occurrences` have between them. */
export const costOfTerms = (terms: number, occurrences: number, corpus: number): number =>
  perLookup + terms * perTerm + Math.min(occurrences, corpus) * (perDocument + perComparison * terms);

/** One look-up of all terms that begin in one of so many ways. */
export const costOfBeginnings = (beginnings: number, occurrences: number, corpus: number): number =>
  costOfTerms(beginnings, occurrences, corpus) + occurrences * perBeginning;

/** Looking at the terms of documents of which it is not known whether they have one that is wanted, out of all. */
export const costOfLooking = (documents: number, corpus: number): number =>
  documents * perLook + corpus * perDocument;

/** Finding the terms of a vocabulary that are near each of these words. */
export const costOfNearest = (words: number, vocabulary: number): number => words * vocabulary * perNear;

/** A document of a word of a phrase: most are passed over. */
const perDocumentOfPhrase = 0.000_2;

/** Words side by side, by how many documents each is in. */
export const costOfPhrase = (documents: readonly number[]): number =>
  documents.reduce((sum, one) => sum + one * perDocumentOfPhrase, perLookup);

/** A word with how often it occurs. */
export const costOfWord = (documents: number): number =>
  lookupsOfWord * perLookup + documents * perDocument * (1 + moreOccurrences);

/** Milliseconds that look-ups are expected to take. */
export interface LookupCosts {
  /** Of all that wildcards, ranges, expressions and fuzzy words of a search stand for: more is refused. */
  most: number;
  /** Of one of those: what takes no longer is looked up as it is. */
  cheap: number;
  /** Of the words of a search of many, those of its phrases included: more is refused. */
  words: number;
}

export const usualCosts: LookupCosts = { most: 1000, cheap: 50, words: 1500 };

/** What a search may cost that stands for more terms than it names: what is more is refused before it is looked up. */
export class CostLimit {
  #left: number;

  /** Milliseconds that the look-ups may be expected to take. */
  constructor(most: number) {
    this.#left = most;
  }

  /** @throws a search error when all look-ups so far are expected to take longer than they may */
  spend(milliseconds: number): void {
    this.#left -= milliseconds;
    if (this.#left < 0) throw tooMuch();
  }

  /** @throws a search error when so many terms would be too many, whatever documents have them */
  allowTerms(terms: number): void {
    if (terms * perTerm * leastShare > this.#left) throw tooMuch();
  }
}

export const tooMuch = () => searchError('the query is more than the search engine can answer');
