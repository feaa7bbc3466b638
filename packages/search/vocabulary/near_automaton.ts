import type { TermAutomaton } from './term_automaton.ts';

/** How near what was read so far is to each beginning of the word; what is beyond the bound counts as just beyond. */
export interface NearState {
  readonly row: readonly number[];
  /** The row before the last character, for transpositions. */
  readonly before: readonly number[] | undefined;
  readonly last: number;
  readonly next: Map<number, NearState | undefined>;
}

/**
 * Accepts what is at most `most` insertions, deletions, replacements or transpositions of neighbours from a word. Rows
 * of the usual table are states, each made once: most terms of a vocabulary lead to the same few.
 */
export class NearAutomaton implements TermAutomaton<NearState> {
  readonly start: NearState;
  readonly #word: readonly number[];
  readonly #most: number;
  readonly #states = new Map<string, NearState>();

  constructor(word: string, most: number) {
    this.#word = Array.from(word, (one) => one.codePointAt(0)!);
    this.#most = most;
    const row = [0, ...this.#word].map((_, index) => Math.min(index, most + 1));
    this.start = this.#state(row, undefined, -1);
  }

  step(state: NearState, codePoint: number): NearState | undefined {
    // All that the word does not have are alike.
    const sign = this.#word.includes(codePoint) ? codePoint : -1;
    if (state.next.has(sign)) return state.next.get(sign);
    const next = this.#read(state, sign);
    state.next.set(sign, next);
    return next;
  }

  accepts(state: NearState): boolean {
    return this.distance(state) <= this.#most;
  }

  /** Edits between the word and what was read. */
  distance({ row }: NearState): number {
    return row[this.#word.length]!;
  }

  #read({ row, before, last }: NearState, sign: number): NearState | undefined {
    const beyond = this.#most + 1;
    const next = [Math.min(row[0]! + 1, beyond)];
    for (let at = 1; at <= this.#word.length; at++) {
      const letter = this.#word[at - 1]!;
      let least = Math.min(row[at]! + 1, next[at - 1]! + 1, row[at - 1]! + (letter === sign ? 0 : 1));
      if (before && at > 1 && this.#word[at - 2] === sign && letter === last)
        least = Math.min(least, before[at - 2]! + 1);
      next.push(Math.min(least, beyond));
    }
    if (next.every((edits) => edits === beyond)) return undefined;
    return this.#state(next, row, sign);
  }

  #state(row: number[], before: readonly number[] | undefined, last: number): NearState {
    const key = `${row}|${before}|${last}`;
    const known = this.#states.get(key) ?? { row, before, last, next: new Map() };
    this.#states.set(key, known);
    return known;
  }
}
