import type { TermAutomaton } from './term_automaton.ts';

/** How near what was read so far is to each beginning of the word; what is beyond the bound counts as just beyond. */
export interface NearState {
  readonly row: readonly number[];
  /** The row before the last character, for transpositions. */
  readonly before: readonly number[] | undefined;
  readonly last: number;
  /** By the character's number; undefined is not worked out yet, null where no term that goes on so is near. */
  readonly next: (NearState | null | undefined)[];
}

const ascii = 128;

/**
 * Accepts what is at most `most` insertions, deletions, replacements or transpositions of neighbours from a word. Rows
 * of the usual table are states, each made once: most terms of a vocabulary lead to the same few.
 */
export class NearAutomaton implements TermAutomaton<NearState> {
  readonly start: NearState;
  /** The word, and the characters that it has, by numbers from 1. All others are alike: 0. */
  readonly #word: readonly number[];
  readonly #numbers = new Map<number, number>();
  readonly #asciiNumbers = new Uint8Array(ascii);
  readonly #most: number;
  readonly #states = new Map<string, NearState>();

  constructor(word: string, most: number) {
    const characters = Array.from(word, (one) => one.codePointAt(0)!);
    for (const one of characters) if (!this.#numbers.has(one)) this.#numbers.set(one, this.#numbers.size + 1);
    // More than a byte counts are looked up.
    for (const [one, number] of this.#numbers)
      if (one < ascii && this.#numbers.size < 256) this.#asciiNumbers[one] = number;
    this.#word = characters.map((one) => this.#numbers.get(one)!);
    this.#most = most;
    const row = [0, ...this.#word].map((_, index) => Math.min(index, most + 1));
    this.start = this.#state(row, undefined, -1);
  }

  step(state: NearState, codePoint: number): NearState | undefined {
    const sign = this.#numberOf(codePoint);
    let next = state.next[sign];
    if (next === undefined) {
      next = this.#read(state, sign);
      state.next[sign] = next;
    }
    return next ?? undefined;
  }

  accepts(state: NearState): boolean {
    return this.distance(state) <= this.#most;
  }

  /** Edits between the word and what was read. */
  distance({ row }: NearState): number {
    return row[this.#word.length]!;
  }

  #numberOf(codePoint: number): number {
    if (codePoint < ascii && this.#numbers.size < 256) return this.#asciiNumbers[codePoint]!;
    return this.#numbers.get(codePoint) ?? 0;
  }

  #read({ row, before, last }: NearState, sign: number): NearState | null {
    const beyond = this.#most + 1;
    const next = [Math.min(row[0]! + 1, beyond)];
    let nearest = next[0]!;
    for (let at = 1; at <= this.#word.length; at++) {
      const letter = this.#word[at - 1]!;
      let least = Math.min(row[at]! + 1, next[at - 1]! + 1, row[at - 1]! + (letter === sign ? 0 : 1));
      if (before && at > 1 && this.#word[at - 2] === sign && letter === last)
        least = Math.min(least, before[at - 2]! + 1);
      next.push(Math.min(least, beyond));
      nearest = Math.min(nearest, least);
    }
    return nearest >= beyond ? null : this.#state(next, row, sign);
  }

  #state(row: number[], before: readonly number[] | undefined, last: number): NearState {
    const key = `${row}|${before}|${last}`;
    const known = this.#states.get(key);
    if (known) return known;
    const state = { row, before, last, next: new Array(this.#numbers.size + 1).fill(undefined) };
    this.#states.set(key, state);
    return state;
  }
}
