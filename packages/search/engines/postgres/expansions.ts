import type { FuzzyNode } from '../../ast/fuzzy_node.ts';
import { leavesOf } from '../../ast/leaves_of.ts';
import type { LeafNode, QueryNode } from '../../ast/query_node.ts';
import { fieldOf, isTokenised } from '../../schema/field_type.ts';
import type { Effort } from '../../vocabulary/effort.ts';
import { NearestTerms, type NearTerm } from '../../vocabulary/nearest_terms.ts';
import { isShape, type ShapeNode } from '../../vocabulary/shape.ts';
import { ShapeFinder } from '../../vocabulary/shape_finder.ts';
import type { SortedTerms } from '../../vocabulary/sorted_terms.ts';
import { type CostLimit, costOfNearest } from './lookup_cost.ts';
import {
  costOf,
  lookupByBeginning,
  lookupIn,
  lookupOf,
  lookupWithRest,
  type ShapeLookup,
} from './shape_lookup.ts';
import type { DocumentSample } from './vocabulary/document_sample.ts';

/** The terms that parts of a query stand for, by node. */
export interface Expansions {
  near: ReadonlyMap<FuzzyNode, readonly NearTerm[]>;
  /** Only of text fields: values of other fields are compared document by document. */
  shapes: ReadonlyMap<ShapeNode, ShapeLookup>;
}

/** Where the terms of fields are known from. */
export interface Vocabularies {
  /** The terms of a text field, in parts of which each is in order. */
  terms(field: string): Promise<readonly SortedTerms[]>;
  /** The values of an exact field. */
  values(field: string): Promise<SortedTerms>;
  sample(field: string): Promise<DocumentSample>;
}

/** What finding them may cost. */
export interface ExpansionLimits {
  effort: Effort;
  cost: CostLimit;
  /** See `LookupCosts`. */
  cheap: number;
}

/** Finds what all parts of the queries stand for, in one pass over the terms of each field that they name. */
export async function expand(
  queries: QueryNode[],
  vocabularies: Vocabularies,
  limits: ExpansionLimits,
): Promise<Expansions> {
  const near = new Map<FuzzyNode, readonly NearTerm[]>();
  const shapes = new Map<ShapeNode, ShapeLookup>();
  const leaves = Map.groupBy(queries.flatMap(leavesOf).filter(isExpanded), ({ field }) => field);
  for (const [field, nodes] of leaves) {
    const found = await lookUpShapes(field, nodes.filter(isShape), vocabularies, limits);
    for (const [node, lookup] of found) shapes.set(node, lookup);
    const words = new NearestTerms(nodes.filter((node) => node.kind === 'fuzzy'));
    if (words.size === 0) continue;
    const terms = isTokenised(fieldOf(field).type)
      ? await vocabularies.terms(field)
      : [await vocabularies.values(field)];
    limits.cost.spend(costOfNearest(words.size, sizeOf(terms)));
    for (const part of terms) await words.look(part, limits.effort);
    for (const [node, some] of words.found) near.set(node, some);
  }
  return { near, shapes };
}

const sizeOf = (terms: readonly SortedTerms[]) => terms.reduce((sum, { size }) => sum + size, 0);

type ExpandedNode = FuzzyNode | ShapeNode;

const isExpanded = (leaf: LeafNode): leaf is ExpandedNode =>
  leaf.kind === 'fuzzy' || (isShape(leaf) && isTokenised(fieldOf(leaf.field).type));

/** What is expected to cost too much is refused before the vocabulary is gone through. */
async function lookUpShapes(
  field: string,
  nodes: readonly ShapeNode[],
  vocabularies: Vocabularies,
  limits: ExpansionLimits,
): Promise<Map<ShapeNode, ShapeLookup>> {
  const { effort, cost, cheap } = limits;
  const lookups = new Map<ShapeNode, ShapeLookup>();
  if (nodes.length === 0) return lookups;
  const sample = await vocabularies.sample(field);
  const counted = await findShapes(nodes, [sample.terms], limits);
  const enumerated: ShapeNode[] = [];
  for (const [node, common] of counted) {
    await effort.rest();
    const direct = await lookupByBeginning(node, () => vocabularies.terms(field), effort);
    const least = costOf(direct ?? lookupOf(common, sample), sample);
    const covering = least > cheap ? lookupWithRest(common, sample) : undefined;
    if (covering && covering.cost < least) {
      cost.spend(covering.cost);
      lookups.set(node, covering.lookup);
      continue;
    }
    cost.spend(least);
    if (direct) lookups.set(node, direct);
    else enumerated.push(node);
  }
  if (enumerated.length === 0) return lookups;
  const vocabulary = await vocabularies.terms(field);
  for (const [node, terms] of await findShapes(enumerated, vocabulary, limits)) {
    const lookup = lookupIn(field, terms, vocabulary, sample);
    // What the common ones of them cost has been counted.
    cost.spend(costOf(lookup, sample) - costOf(lookupOf(counted.get(node)!, sample), sample));
    lookups.set(node, lookup);
    await effort.rest();
  }
  return lookups;
}

async function findShapes(
  nodes: readonly ShapeNode[],
  terms: readonly SortedTerms[],
  { effort, cost }: ExpansionLimits,
): Promise<ReadonlyMap<ShapeNode, string[]>> {
  const finder = new ShapeFinder(nodes);
  for (const part of terms) {
    await finder.look(part, effort);
    // Most that are refused have shown in a fraction of the vocabulary that they are to be.
    cost.allowTerms(finder.size);
  }
  return finder.found;
}
