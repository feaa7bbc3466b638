import type { Effort } from '../../vocabulary/effort.ts';
import { coverRange } from '../../vocabulary/range_cover.ts';
import type { ShapeNode } from '../../vocabulary/shape.ts';
import { beginningOf } from '../../vocabulary/shape_finder.ts';
import type { SortedTerms } from '../../vocabulary/sorted_terms.ts';
import { coverTerms } from '../../vocabulary/term_cover.ts';
import { isKnownByBeginning } from './lexeme.ts';
import { costOfBeginnings, costOfLooking, costOfTerms } from './lookup_cost.ts';
import { largestRest } from './rest_documents.ts';
import type { DocumentSample } from './vocabulary/document_sample.ts';

/** How the documents are looked up that have a term of some shape. */
export interface ShapeLookup {
  /** All terms that begin with one of these, which are looked up together. */
  beginnings: readonly (readonly string[])[];
  /** Terms that are looked up together. */
  groups: readonly (readonly string[])[];
  /** Whether there are more: the documents that have none of these are to be looked at. */
  looksAtRest: boolean;
}

/** PostgreSQL compares each document with all terms of a look-up: common terms are looked up with few others. */
const commonAtATime = 20;
const rareAtATime = 100;

/** How common a term has to be to be looked up with few others. */
const common = 100;

/** Terms in groups, the most common ones first. */
export function lookupOf(terms: readonly string[], sample: DocumentSample): ShapeLookup {
  const groups = groupsOf(terms, (term) => sample.documentsWith(term));
  return { beginnings: [], groups, looksAtRest: false };
}

function groupsOf(names: readonly string[], documentsOf: (name: string) => number): (readonly string[])[] {
  const counted = names.map((name) => ({ name, documents: documentsOf(name) }));
  counted.sort((a, b) => b.documents - a.documents);
  const firstRare = counted.findIndex(({ documents }) => documents < common);
  const split = firstRare < 0 ? counted.length : firstRare;
  const sorted = counted.map(({ name }) => name);
  return [...cut(sorted.slice(0, split), commonAtATime), ...cut(sorted.slice(split), rareAtATime)];
}

/** Of fewer terms it makes no difference how they begin. */
const manyTerms = 500;

/** The look-up of terms of the vocabulary, in its order: where all that begin alike are wanted, by how they begin. */
export function lookupIn(
  field: string,
  terms: readonly string[],
  vocabulary: readonly SortedTerms[],
  sample: DocumentSample,
): ShapeLookup {
  if (terms.length < manyTerms) return lookupOf(terms, sample);
  const cover = coverTerms(terms, vocabulary, (beginning) => isKnownByBeginning(field, beginning));
  const beginnings = groupsOf(cover.beginnings, (beginning) => sample.occurrences(beginning));
  return { ...lookupOf(cover.terms, sample), beginnings };
}

function* cut(terms: readonly string[], size: number): Generator<readonly string[]> {
  for (let from = 0; from < terms.length; from += size) yield terms.slice(from, from + size);
}

/**
 * The look-up of a shape of which such common terms are known that they cover nearly all documents: whatever else it
 * stands for makes a difference for few. Undefined where they do not.
 */
export function lookupWithRest(
  known: readonly string[],
  sample: DocumentSample,
): { lookup: ShapeLookup; cost: number } | undefined {
  const { terms, rest } = sample.covering(known);
  if (terms.length === 0 || rest > largestRest / 2) return undefined;
  const lookup = { beginnings: [], groups: [terms], looksAtRest: true };
  return { lookup, cost: costOf(lookup, sample) + costOfLooking(rest, sample.corpus) };
}

/** What a look-up is expected to cost, in milliseconds. */
export function costOf({ beginnings, groups }: ShapeLookup, sample: DocumentSample): number {
  const { corpus } = sample;
  let cost = 0;
  for (const group of beginnings) {
    const occurrences = group.reduce((sum, beginning) => sum + sample.occurrences(beginning), 0);
    cost += costOfBeginnings(group.length, occurrences, corpus);
  }
  for (const group of groups) {
    const occurrences = group.reduce((sum, term) => sum + sample.documentsWith(term), 0);
    cost += costOfTerms(group.length, occurrences, corpus);
  }
  return cost;
}

/**
 * The look-up of a shape that all terms have which begin in some way, whatever terms there are: nothing but where the
 * vocabulary branches is looked at. Undefined for other shapes.
 */
export async function lookupByBeginning(
  node: ShapeNode,
  vocabulary: () => Promise<readonly SortedTerms[]>,
  effort: Effort,
): Promise<ShapeLookup | undefined> {
  const isKnown = (beginning: string) => isKnownByBeginning(node.field, beginning);
  if (node.kind === 'termRange') {
    const { beginnings, terms } = coverRange(node, await vocabulary(), isKnown, effort);
    return {
      beginnings: [...cut(beginnings, rareAtATime)],
      groups: [...cut(terms, rareAtATime)],
      looksAtRest: false,
    };
  }
  const beginning = node.kind === 'pattern' ? beginningOf(node.pieces) : undefined;
  if (beginning === undefined || !isKnown(beginning)) return undefined;
  return { beginnings: [[beginning]], groups: [], looksAtRest: false };
}
