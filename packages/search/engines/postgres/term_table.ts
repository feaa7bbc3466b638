import { indexKey } from './lexeme.ts';

/** A term of a text field: documents repeat them, so what is worked out of one is kept. */
export interface Term {
  field: string;
  term: string;
  /** Under which it stands in the index. */
  key: string;
  /** Of the key. */
  bytes: number;
  /** Longer ones are no words, and nobody finds them by a wildcard. */
  isWord: boolean;
  /** The vocabulary that it is known to be in. */
  learntIn: string | undefined;
}

/** Bytes. */
const longestWord = 1000;

/** Of each of two generations: some 20 MB. */
const mostRemembered = 100_000;

type Generation = Map<string, Map<string, Term>>;

/**
 * Terms that this process has met. Those that nobody has met again while as many others came as it holds are
 * forgotten: every document brings some that are in no other.
 */
export class TermTable {
  #young: Generation = new Map();
  #old: Generation = new Map();
  #size = 0;

  /** Finds or makes the terms of a field. */
  of(field: string): (term: string) => Term {
    let young: Map<string, Term> | undefined;
    return (term) => {
      const known = young?.get(term);
      if (known) return known;
      const found = this.#old.get(field)?.get(term) ?? termOf(field, term);
      young = this.#put(found);
      return found;
    };
  }

  #put(term: Term): Map<string, Term> {
    if (this.#size++ >= mostRemembered) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 1;
    }
    let terms = this.#young.get(term.field);
    if (!terms) {
      terms = new Map();
      this.#young.set(term.field, terms);
    }
    terms.set(term.term, term);
    return terms;
  }
}

function termOf(field: string, term: string): Term {
  const key = indexKey(field, term);
  return {
    field,
    term,
    key,
    bytes: Buffer.byteLength(key),
    isWord: Buffer.byteLength(term) <= longestWord,
    learntIn: undefined,
  };
}
