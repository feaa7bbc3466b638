import { searchError } from '../query/search_error.ts';

/** Steps that one search may take through the terms of the index: about a second. */
const mostSteps = 20_000_000;

/** Milliseconds after which other work of the process gets its turn. */
const longestTurn = 20;

/** What a search has spent on looking terms up; beyond a bound it is refused. */
export class Effort {
  #left: number;
  #turn = performance.now();

  constructor(steps = mostSteps) {
    this.#left = steps;
  }

  /** @throws a search error when the search has spent all it may */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw searchError('the query is more than the search engine can answer');
  }

  /** Begins a turn: while something was waited for, other work went on. */
  resume(): void {
    this.#turn = performance.now();
  }

  /** Lets other work of the process go on, now and then. */
  async rest(): Promise<void> {
    if (performance.now() - this.#turn < longestTurn) return;
    await new Promise(setImmediate);
    this.#turn = performance.now();
  }
}
