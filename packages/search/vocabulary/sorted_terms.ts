import type { Effort } from './effort.ts';
import type { TermAutomaton } from './term_automaton.ts';

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

/** Terms in the order of their characters: what begins alike is read once. */
export class SortedTerms {
  readonly terms: readonly string[];
  /** How many units each has in common with the one before it; pairs of surrogates are not parted. */
  readonly #shared: Uint16Array;

  constructor(terms: readonly string[]) {
    this.terms = terms;
    this.#shared = new Uint16Array(terms.length);
    for (let at = 1; at < terms.length; at++) this.#shared[at] = sharedStart(terms[at - 1]!, terms[at]!);
  }

  /** Calls `visit` with each term that the automaton accepts, and the state in which it ended. */
  accepted<State>(
    automaton: TermAutomaton<State>,
    effort: Effort,
    visit: (term: string, state: State) => void,
  ): void {
    // By units read of the last term that was looked at.
    const states: State[] = [automaton.start];
    // Terms that share so much with it go on as it did, into nothing.
    let dead = Number.POSITIVE_INFINITY;
    for (let at = 0; at < this.terms.length; at++) {
      const shared = this.#shared[at]!;
      if (shared >= dead) continue;
      const term = this.terms[at]!;
      dead = Number.POSITIVE_INFINITY;
      let state: State | undefined = states[shared]!;
      let read = shared;
      while (read < term.length) {
        const codePoint = term.codePointAt(read)!;
        read += codePoint > 0xffff ? 2 : 1;
        state = automaton.step(state, codePoint);
        if (state === undefined) {
          dead = read;
          break;
        }
        states[read] = state;
      }
      effort.spend(read - shared + 1);
      if (state !== undefined && automaton.accepts(state)) visit(term, state);
    }
    effort.spend(this.terms.length >> 5);
  }
}

const longestShared = 0xffff;

function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length, longestShared);
  let shared = 0;
  while (shared < most && one.charCodeAt(shared) === other.charCodeAt(shared)) shared++;
  return shared > 0 && isHighSurrogate(one.charCodeAt(shared - 1)) ? shared - 1 : shared;
}
