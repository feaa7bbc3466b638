import { booleanNode } from '../ast/boolean_node.ts';
import { boostNode } from '../ast/boost_node.ts';
import { constantScoreNode } from '../ast/constant_score_node.ts';
import { everything } from '../ast/everything_node.ts';
import { nothing } from '../ast/nothing_node.ts';
import type { QueryNode } from '../ast/query_node.ts';
import { ClauseCount } from './clause_count.ts';
import { isWeight } from './query_fields.ts';
import type { Boost, Clause, Item, Leaf, Level } from './syntax.ts';
import { QuerySyntaxError } from './syntax_error.ts';

type Occur = 'must' | 'should' | 'mustNot';

/** What a parser makes of the leaves; `undefined` is a leaf that vanished in analysis. */
export interface Interpretation {
  operator: 'and' | 'or';
  /** Nested negations alone match all the rest, which only edismax grants them. */
  repairsNegation: boolean;
  /** Whether whole values of exact fields count as clauses, too. */
  scored: boolean;
  leaf(leaf: Leaf, field: string | undefined): QueryNode | undefined;
  /** Bare words in a row: one clause each, or one for all of them. Those that nobody asks for are not looked at. */
  words(words: string[], field: string | undefined): Iterable<QueryNode | undefined>;
}

export interface Resolved {
  occur: Occur;
  node: QueryNode;
}

/** What has vanished may have any weight. @throws QuerySyntaxError */
function withBoost(node: QueryNode | undefined, boost: Boost | undefined): QueryNode | undefined {
  if (!node || !boost) return node;
  if (!isWeight(boost.value))
    throw new QuerySyntaxError(`boost must be a positive float, got ${boost.value}`);
  return boost.constant ? constantScoreNode(node, boost.value) : boostNode(node, boost.value);
}

/**
 * Solr's way from operators to required, optional and prohibited clauses: left to right without precedence
 * (spec/search 4.4). A clause that vanished still changes the one before it. @throws QuerySyntaxError
 */
export function resolveLevel(level: Level, field: string | undefined, how: Interpretation): Resolved[] {
  const clauses: Resolved[] = [];
  const byDefault: Occur = how.operator === 'and' ? 'must' : 'should';
  const count = new ClauseCount(how.scored);
  const add = (occur: Occur, node: QueryNode | undefined) => {
    if (!node) return;
    count.add(node);
    clauses.push({ occur, node });
  };
  for (const item of level.items) {
    if (item.kind === 'words') {
      for (const node of how.words(item.words, field)) add(byDefault, node);
      continue;
    }
    const previous = clauses.at(-1);
    if (previous && previous.occur !== 'mustNot') {
      if (item.conjunction === 'and') previous.occur = 'must';
      else if (item.conjunction === 'or' && how.operator === 'and') previous.occur = 'should';
    }
    add(occurOf(item, how), resolveClause(item.clause, field, how));
  }
  return clauses;
}

function occurOf(item: Extract<Item, { kind: 'clause' }>, how: Interpretation): Occur {
  if (item.modifier === 'prohibit') return 'mustNot';
  if (how.operator === 'and') return item.conjunction === 'or' ? 'should' : 'must';
  return item.modifier === 'require' || item.conjunction === 'and' ? 'must' : 'should';
}

function resolveClause(
  clause: Clause,
  field: string | undefined,
  how: Interpretation,
): QueryNode | undefined {
  const inside = clause.field ?? field;
  if (clause.kind !== 'group') return withBoost(how.leaf(clause, inside), clause.boost);
  const clauses = resolveLevel(clause.level, inside, how);
  // A filter of which nothing is left does not vanish: it finds nothing.
  if (clauses.length === 0) return clause.scored ? undefined : withBoost(nothing, clause.boost);
  if (clause.scored) return withBoost(combine(clauses, how), clause.boost);
  // Solr lets a filter of several negations find all the rest, but one of a single negation nothing.
  const node = clauses.length > 1 ? repairTopLevel(clauses, how) : combine(clauses, how);
  return withBoost(constantScoreNode(node, 0), clause.boost);
}

/** One node of a level's clauses; at least `minimum` of the optional ones. */
export function combine(clauses: Resolved[], how: Interpretation, minimum = 0): QueryNode {
  const of = (occur: Occur) =>
    clauses.filter((clause) => clause.occur === occur).map((clause) => clause.node);
  const [must, should, mustNot] = [of('must'), of('should'), of('mustNot')];
  if (clauses.length === 1 && mustNot.length === 0) return clauses[0]!.node;
  if (how.repairsNegation && must.length === 0 && should.length === 0)
    return booleanNode({ must: [everything], mustNot });
  return booleanNode({ must, should, mustNot, minimum });
}

/** A whole query of nothing but negations matches all the rest, in Solr as in its clients' minds. */
export function repairTopLevel(clauses: Resolved[], how: Interpretation): QueryNode {
  if (clauses.some(({ occur }) => occur !== 'mustNot')) return combine(clauses, how);
  return booleanNode({ must: [everything], mustNot: clauses.map(({ node }) => node) });
}
