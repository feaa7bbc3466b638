import { byCodePoint } from './code_points.ts';
import type { Effort } from './effort.ts';
import type { TermAutomaton } from './term_automaton.ts';
import type { TextFinder } from './text_finder.ts';

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;

const hasSurrogates = (text: string) => /[\ud800-\udfff]/.test(text);

const longestShared = 0xffff;

/** Terms that are passed over at once where all go on as one did that led to nothing. */
const stretch = 64;

/**
 * Terms in the order of their characters, all in one text, which takes a fraction of the memory that so many texts
 * would. What begins alike is read once.
 */
export class SortedTerms {
  readonly size: number;
  readonly #text: string;
  /** By place: where the term begins; behind the last one, where another would. */
  readonly #starts: Uint32Array;
  /** How many units each has in common with the one before it; pairs of surrogates are not parted. */
  readonly #shared: Uint16Array;
  /** The least of those in each stretch of `stretch` terms. */
  readonly #leastShared: Uint16Array;

  /** Of terms in order, each with one sign behind it that is in none of them. */
  constructor(text: string, end: string) {
    const starts = [0];
    for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) starts.push(at + 1);
    this.size = starts.length - 1;
    this.#text = text;
    this.#starts = Uint32Array.from(starts);
    this.#shared = new Uint16Array(this.size);
    for (let place = 1; place < this.size; place++)
      this.#shared[place] = this.#sharedStart(starts[place - 1]!, starts[place]!, starts[place + 1]! - 1);
    this.#leastShared = new Uint16Array(Math.ceil(this.size / stretch)).fill(longestShared);
    for (const [place, shared] of this.#shared.entries()) {
      const at = Math.floor(place / stretch);
      this.#leastShared[at] = Math.min(this.#leastShared[at]!, shared);
    }
  }

  /** Of texts in any order; none holds a NUL. */
  static of(terms: Iterable<string>): SortedTerms {
    const list = [...terms];
    // JavaScript's own order is faster, and is another only where there are surrogates.
    const sorted = list.sort(list.some(hasSurrogates) ? byCodePoint : undefined);
    return new SortedTerms(sorted.map((term) => `${term}\0`).join(''), '\0');
  }

  /** Bytes, roughly. */
  get weight(): number {
    return 2 * this.#text.length + 6 * this.size;
  }

  /** Units of all terms. */
  get length(): number {
    return this.#text.length;
  }

  at(place: number): string {
    return this.#text.slice(this.#starts[place]!, this.#starts[place + 1]! - 1);
  }

  has(term: string): boolean {
    return this.placeOf(term) !== undefined;
  }

  placeOf(term: string): number | undefined {
    const place = this.firstFrom(term);
    return place < this.size && this.at(place) === term ? place : undefined;
  }

  /** Whether any term begins so. */
  hasAny(beginning: string): boolean {
    const place = this.firstFrom(beginning);
    return place < this.size && this.at(place).startsWith(beginning);
  }

  /**
   * The marked terms in stretches, each of all the terms that have so many units of the first of them at their
   * beginning: no fewer units would do. A term that others begin with which are not marked stands alone.
   */
  *subtrees(marked: Uint8Array): Generator<{ length: number | undefined; from: number; to: number }> {
    // What each marked term has in common with the next one that is not.
    const common = new Uint16Array(this.size);
    for (let place = this.size - 2; place >= 0; place--) {
      const next = this.#shared[place + 1]!;
      common[place] = marked[place + 1] ? Math.min(next, common[place + 1]!) : next;
    }
    for (let from = 0; from < this.size; from++) {
      if (!marked[from]) continue;
      const length = this.#withCharacter(from, Math.max(this.#shared[from]!, common[from]!));
      let to = from + 1;
      if (length !== undefined) while (to < this.size && this.#shared[to]! >= length) to++;
      yield { length, from, to };
      from = to - 1;
    }
  }

  /** So many units of the term and the character behind them; undefined where there is none. */
  #withCharacter(place: number, units: number): number | undefined {
    const at = this.#starts[place]! + units;
    if (at >= this.#starts[place + 1]! - 1) return undefined;
    return units + (isHighSurrogate(this.#text.charCodeAt(at)) ? 2 : 1);
  }

  /** The place of the first term that does not come before the text. */
  firstFrom(text: string): number {
    return this.#firstWhere((term) => byCodePoint(term, text) >= 0);
  }

  /** The place behind all terms that come before the text or begin with it. */
  firstBeyond(text: string): number {
    return this.#firstWhere((term) => !term.startsWith(text) && byCodePoint(term, text) > 0);
  }

  #firstWhere(isBeyond: (term: string) => boolean): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBeyond(this.at(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
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
    for (let place = 0; place < this.size; place++) {
      const shared = this.#shared[place]!;
      if (shared >= dead) {
        if (place % stretch === 0 && this.#leastShared[place / stretch]! >= dead) place += stretch - 1;
        continue;
      }
      dead = Number.POSITIVE_INFINITY;
      const start = this.#starts[place]!;
      const end = this.#starts[place + 1]! - 1;
      let state: State | undefined = states[shared]!;
      let read = start + shared;
      while (read < end) {
        const codePoint = this.#text.codePointAt(read)!;
        read += codePoint > 0xffff ? 2 : 1;
        state = automaton.step(state, codePoint);
        if (state === undefined) {
          dead = read - start;
          break;
        }
        states[read - start] = state;
      }
      effort.spend(read - start - shared + 1);
      if (state !== undefined && automaton.accepts(state)) visit(this.at(place), state);
    }
    effort.spend(Math.ceil(this.size / stretch));
  }

  /** Calls `visit` with each place of a term and the number of each text inside it, perhaps several times. */
  containing(finder: TextFinder, visit: (place: number, text: number) => void): void {
    let place = 0;
    finder.within(this.#text, (text, start, end) => {
      // From text to text it may begin anew.
      if (start < this.#starts[place]!) place = 0;
      if (start >= this.#starts[place + 1]!) place = this.#placeOf(start, place);
      if (end < this.#starts[place + 1]!) visit(place, text);
    });
  }

  /** The place of the term around a unit of the text, which is not before that of `from`. */
  #placeOf(unit: number, from: number): number {
    let step = 1;
    while (from + step < this.size && this.#starts[from + step]! <= unit) step *= 2;
    let [low, high] = [from + (step >> 1), Math.min(from + step, this.size)];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= unit) low = middle;
      else high = middle;
    }
    return low;
  }

  #sharedStart(one: number, other: number, end: number): number {
    const most = Math.min(end - other, other - one - 1, longestShared);
    let shared = 0;
    while (shared < most && this.#text.charCodeAt(one + shared) === this.#text.charCodeAt(other + shared))
      shared++;
    return shared > 0 && isHighSurrogate(this.#text.charCodeAt(one + shared - 1)) ? shared - 1 : shared;
  }
}
