import type { Parameters } from './parameters.ts';

/** A node as SQL over a document `d` and the leaves `p` that it matched. */
export interface Compiled {
  /** True or false, never null. */
  condition: string;
  /** Counts where the condition holds; undefined where scores are not wanted. */
  score: string | undefined;
  /** Whether only documents that match some leaf of the index can fulfil it. */
  needsLeaf: boolean;
}

/** What a compilation gathers besides its text. */
export interface Compilation {
  parameters: Parameters;
  /** Queries of the leaves, by their text; the place is the leaf's number. */
  leaves: Map<string, number>;
  /** Terms that a fuzzy leaf stands for, found before. */
  expansions: ReadonlyMap<object, string[]>;
}

export function leafReference(source: string, { leaves }: Compilation, scored: boolean): Compiled {
  const number = leaves.get(source) ?? leaves.size;
  leaves.set(source, number);
  return {
    condition: `p.s${number} IS NOT NULL`,
    score: scored ? `coalesce(p.s${number}, 0)` : undefined,
    needsLeaf: true,
  };
}

/** A condition on the document's own columns; it adds 1 to a score. */
export const direct = (condition: string, scored: boolean): Compiled => ({
  condition,
  score: scored ? '1' : undefined,
  needsLeaf: false,
});

/** The score where the condition holds, else 0. */
export const guarded = ({ condition, score }: Compiled): string =>
  score?.startsWith('coalesce(p.s') ? score : `CASE WHEN ${condition} THEN ${score} ELSE 0 END`;
