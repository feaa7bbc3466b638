import type { FuzzyNode } from '../ast/fuzzy_node.ts';
import { byCodePoint } from './code_points.ts';
import type { Effort } from './effort.ts';
import { NearAutomaton } from './near_automaton.ts';
import type { SortedTerms } from './sorted_terms.ts';

/** Lucene's own limit: the nearest so many terms stand for a fuzzy word. */
const mostTerms = 50;

/** A term that a fuzzy word stands for. */
export interface NearTerm {
  term: string;
  /** What of its score counts: 1 where it is the word itself, nothing where it is below 0. */
  weight: number;
}

interface Search {
  automaton: NearAutomaton;
  length: number;
  found: NearTerm[];
}

/** Finds the nearest terms of many fuzzy words while a vocabulary passes by. */
export class NearestTerms {
  readonly #searches = new Map<string, Search>();
  readonly #nodes: readonly FuzzyNode[];

  constructor(nodes: readonly FuzzyNode[]) {
    this.#nodes = nodes;
    for (const { term, edits } of nodes) {
      const length = Array.from(term).length;
      this.#searches.set(keyOf(term, edits), {
        automaton: new NearAutomaton(term, edits),
        length,
        found: [],
      });
    }
  }

  /** Words that are looked for, each once. */
  get size(): number {
    return this.#searches.size;
  }

  async look(vocabulary: SortedTerms, effort: Effort): Promise<void> {
    for (const search of this.#searches.values()) {
      const { automaton, length, found } = search;
      vocabulary.accepted(automaton, effort, (term, state) => {
        const shorter = Math.min(length, Array.from(term).length);
        found.push({ term, weight: 1 - automaton.distance(state) / shorter });
      });
      search.found = found.sort(byWeight).slice(0, mostTerms);
      await effort.rest();
    }
  }

  get found(): [FuzzyNode, NearTerm[]][] {
    return this.#nodes.map((node) => [node, this.#searches.get(keyOf(node.term, node.edits))!.found]);
  }
}

const keyOf = (term: string, edits: number): string => `${edits} ${term}`;

const byWeight = (a: NearTerm, b: NearTerm): number => b.weight - a.weight || byCodePoint(a.term, b.term);
