import type { Sql } from '@portolan/db';
import { editDistance } from '../../analysis/edit_distance.ts';
import type { FuzzyNode } from '../../ast/fuzzy_node.ts';
import { leavesOf } from '../../ast/leaves_of.ts';
import type { QueryNode } from '../../ast/query_node.ts';
import { fieldOf, isTokenised } from '../../schema/field_type.ts';

/** Lucene's own limit: the nearest so many terms stand for a fuzzy word. */
const mostTerms = 50;
const batchSize = 20_000;

/** A term that a fuzzy word stands for. */
export interface NearTerm {
  term: string;
  /** What of its score counts: 1 where it is the word itself, nothing where it is below 0. */
  weight: number;
}

/** The terms that each fuzzy node of the queries stands for. */
export async function expandFuzzy(sql: Sql, nodes: QueryNode[]): Promise<Map<object, NearTerm[]>> {
  const expansions = new Map<object, NearTerm[]>();
  for (const node of nodes.flatMap(fuzzyNodesOf))
    if (!expansions.has(node)) expansions.set(node, await nearest(sql, node));
  return expansions;
}

const fuzzyNodesOf = (node: QueryNode): FuzzyNode[] => leavesOf(node).filter((leaf) => leaf.kind === 'fuzzy');

const ofTextField = `SELECT term FROM portolan.search_term
  WHERE field = $1 AND term > $2 COLLATE "C" AND length(term) BETWEEN $3 AND $4 ORDER BY term LIMIT $5`;

const ofExactField = `SELECT DISTINCT v.term COLLATE "C" AS term
  FROM portolan.search_document AS d, jsonb_array_elements_text(d.fields->$1) AS v(term)
  WHERE d.exact @> ARRAY[$1] AND v.term COLLATE "C" > $2 AND length(v.term) BETWEEN $3 AND $4
  ORDER BY 1 LIMIT $5`;

// The vocabulary passes by in batches; only the nearest terms are kept.
async function nearest(sql: Sql, { field, term, edits }: FuzzyNode): Promise<NearTerm[]> {
  const text = isTokenised(fieldOf(field).type) ? ofTextField : ofExactField;
  const length = Array.from(term).length;
  let found: NearTerm[] = [];
  for (let after = ''; ; ) {
    const rows = await sql.rows<{ term: string }>(text, [
      field,
      after,
      length - edits,
      length + edits,
      batchSize,
    ]);
    for (const { term: candidate } of rows) {
      const distance = editDistance(term, candidate, edits);
      if (distance > edits) continue;
      const shorter = Math.min(length, Array.from(candidate).length);
      found.push({ term: candidate, weight: 1 - distance / shorter });
    }
    found = found.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1)).slice(0, mostTerms);
    if (rows.length < batchSize) return found;
    after = rows.at(-1)!.term;
  }
}
