import type { Sql } from '@portolan/db';
import type { FuzzyNode } from '../../ast/fuzzy_node.ts';
import { leavesOf } from '../../ast/leaves_of.ts';
import type { LeafNode, QueryNode } from '../../ast/query_node.ts';
import { searchError } from '../../query/search_error.ts';
import { fieldOf, isTokenised } from '../../schema/field_type.ts';
import type { Effort } from '../../vocabulary/effort.ts';
import { NearestTerms, type NearTerm } from '../../vocabulary/nearest_terms.ts';
import { isShape, type ShapeNode } from '../../vocabulary/shape.ts';
import { ShapeFinder } from '../../vocabulary/shape_finder.ts';
import { SortedTerms } from '../../vocabulary/sorted_terms.ts';

/** The terms that parts of a query stand for, by node. */
export interface Expansions {
  near: ReadonlyMap<FuzzyNode, readonly NearTerm[]>;
  /** Only of text fields: values of other fields are compared document by document. */
  shapes: ReadonlyMap<ShapeNode, readonly string[]>;
}

/** Terms that pass by at a time. */
const batchSize = 20_000;

const ofTextField = `SELECT term FROM portolan.search_term
  WHERE field = $1 AND term > $2 COLLATE "C" ORDER BY term LIMIT ${batchSize}`;

const ofExactField = `SELECT DISTINCT v.term COLLATE "C" AS term
  FROM portolan.search_values(ARRAY[$1]) JOIN portolan.search_document AS d USING (number),
    jsonb_array_elements_text(d.fields->$1) AS v(term) ORDER BY 1`;

/** That shapes of a search may stand for: to send more to the database holds up the process. */
const mostTerms = 20_000;

/** Finds what all parts of the queries stand for, in one pass over the terms of each field that they name. */
export async function expand(sql: Sql, queries: QueryNode[], effort: Effort): Promise<Expansions> {
  const expansions = { near: new Map<FuzzyNode, NearTerm[]>(), shapes: new Map<ShapeNode, string[]>() };
  const leaves = Map.groupBy(queries.flatMap(leavesOf).filter(isExpanded), ({ field }) => field);
  for (const [field, nodes] of leaves) {
    const near = new NearestTerms(nodes.filter((node) => node.kind === 'fuzzy'));
    const shapes = new ShapeFinder(nodes.filter(isShape));
    for await (const terms of vocabularyOf(sql, field)) {
      await near.look(terms, effort);
      await shapes.look(terms, effort);
      // Most that are refused have shown in a fraction of the vocabulary that they are to be.
      if (shapes.size > mostTerms) throw searchError('the query is more than the search engine can answer');
    }
    for (const [node, found] of near.found) expansions.near.set(node, found);
    for (const [node, found] of shapes.found) expansions.shapes.set(node, found);
  }
  return expansions;
}

type ExpandedNode = FuzzyNode | ShapeNode;

const isExpanded = (leaf: LeafNode): leaf is ExpandedNode =>
  leaf.kind === 'fuzzy' || (isShape(leaf) && isTokenised(fieldOf(leaf.field).type));

async function* vocabularyOf(sql: Sql, field: string): AsyncGenerator<SortedTerms> {
  if (!isTokenised(fieldOf(field).type)) {
    const rows = await sql.rows<{ term: string }>(ofExactField, [field]);
    yield new SortedTerms(rows.map(({ term }) => term));
    return;
  }
  for (let after = ''; ; ) {
    const rows = await sql.prepared<{ term: string }>('search_vocabulary', ofTextField, [field, after]);
    yield new SortedTerms(rows.map(({ term }) => term));
    if (rows.length < batchSize) return;
    after = rows.at(-1)!.term;
  }
}
