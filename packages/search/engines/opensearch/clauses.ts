/** A query of OpenSearch's query language. */
export type Clause = Record<string, unknown>;

export const everyDocument: Clause = { match_all: {} };
export const noDocument: Clause = { match_none: {} };

/** Matches as `clause` does, each with the same score. */
export const constantly = (clause: Clause, score = 1): Clause => ({
  constant_score: { filter: clause, boost: score },
});
