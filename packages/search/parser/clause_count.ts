import { identityOf, mergeSame, unweighted } from '../ast/merge_same.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { isExactTerm, leavesOf, mostClauses, tooMany } from './limits.ts';

/**
 * Counts the clauses of one level while they are read, so that those beyond the limit are not. What a level repeats
 * counts once where it would be too much otherwise.
 */
export class ClauseCount {
  readonly #scored: boolean;
  readonly #clauses: QueryNode[] = [];
  /** Those that have been told apart, once there were too many. */
  #known: Set<unknown> | undefined;
  #leaves = 0;

  constructor(scored: boolean) {
    this.#scored = scored;
  }

  /** @throws QuerySyntaxError */
  add(node: QueryNode): void {
    if (!this.#scored && isExactTerm(node)) return;
    this.#clauses.push(node);
    if (this.#clauses.length > mostClauses) tooMany();
    if (this.#known) this.#addOnce(node, this.#known);
    else this.#leaves += sizeOf(node, this.#scored, 'whole');
    if (this.#leaves <= mostClauses) return;
    if (!this.#known) {
      this.#known = new Set();
      this.#leaves = 0;
      for (const clause of this.#clauses) this.#addOnce(clause, this.#known);
    }
    if (this.#leaves > mostClauses) tooMany();
  }

  #addOnce(node: QueryNode, known: Set<unknown>): void {
    const clause = unweighted(node).node;
    const identity = identityOf(clause);
    if (known.has(identity)) return;
    known.add(identity);
    this.#leaves += sizeOf(clause, this.#scored, 'merged');
  }
}

// A clause that is the only one of its level is counted at each level around it.
const sizes = new WeakMap<QueryNode, Map<string, number>>();

function sizeOf(node: QueryNode, scored: boolean, how: 'whole' | 'merged'): number {
  const known = sizes.get(node) ?? new Map<string, number>();
  sizes.set(node, known);
  const key = `${how} ${scored}`;
  const size = known.get(key) ?? leavesOf(how === 'merged' ? mergeSame(node) : node, scored);
  known.set(key, size);
  return size;
}
