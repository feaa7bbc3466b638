import type { PhraseNode } from '../../../ast/phrase_node.ts';
import { Bits } from '../column/bits.ts';
import { lengthColumn } from '../column/column_spec.ts';
import { documentsIn } from '../leaf_answer.ts';
import { phraseSource } from '../leaf_source.ts';
import { costOfPhrase, costOfTerms, costOfWord } from '../lookup_cost.ts';
import { leafNumber, needing, type Planning, wordLeaf } from '../planning.ts';
import type { Plan } from './match.ts';
import { bitsOf, listed } from './matching.ts';
import { planExact } from './plan_exact.ts';
import { averageLength, rarity, saturation } from './relevance.ts';
import { rememberedSet } from './remembered_set.ts';
import { constantly } from './score.ts';
import { inOneStep } from './steps.ts';

/** Documents with any of the terms in a text field; several are synonyms and score as one term. */
export function scoredTerms(
  field: string,
  terms: readonly string[],
  planning: Planning,
  scored: boolean,
): Plan {
  const leaf = costedLeaf(field, terms, planning, scored);
  if (!scored) return listed(leaf);
  planning.scoredFields.add(field);
  const lengths = needing(planning, lengthColumn(field));
  const each = terms.length > 1 ? leavesOfTerms(field, terms, planning) : [];
  return inOneStep((run) => {
    const bits = new Bits(run.columns.size);
    const scores = run.scratch.take();
    for (const [amount, numbers] of run.leaves[leaf]!)
      for (let at = 0; at < numbers.length; at++) {
        const slot = run.columns.slotOf(numbers[at]!);
        if (slot < 0) continue;
        bits.add(slot);
        scores[slot]! += amount;
      }
    const statistic = run.statistics.get(field) ?? { documents: 0, tokens: 0 };
    // Synonyms are as rare as the most frequent of them.
    const documents = each.map((one) => documentsIn(run.leaves[one]!));
    const weight = rarity(each.length > 0 ? Math.max(...documents) : bits.count(), statistic.documents);
    const average = averageLength(statistic);
    const length = run.columns.get(lengths);
    bits.each((slot) => {
      scores[slot] = weight * saturation(scores[slot]!, length.get(slot) || 0, average);
    });
    return { bits, scores };
  });
}

const leavesOfTerms = (field: string, terms: readonly string[], planning: Planning): number[] =>
  terms.map((term) => costedLeaf(field, [term], planning, false));

function costedLeaf(field: string, terms: readonly string[], planning: Planning, scored: boolean): number {
  const leaf = wordLeaf(planning, field, terms, scored);
  const sample = planning.samples.get(field);
  if (sample) {
    const counts = terms.map((term) => sample.documentsWith(term));
    const sum = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
    const cost = scored ? sum(counts.map(costOfWord)) : costOfTerms(terms.length, sum(counts), sample.corpus);
    planning.leafCosts.set(leaf, cost);
  }
  return leaf;
}

/** Documents with any of the values in an exact field, which has no lengths. */
export function scoredValues(field: string, values: readonly string[], planning: Planning): Plan {
  const plan = planExact(field, values, planning);
  const key = JSON.stringify(['values', field, values]);
  planning.scoredFields.add(field);
  return function* (run) {
    const { bits, count } = yield* rememberedSet(run, key, plan);
    const statistic = run.statistics.get(field) ?? { documents: 0, tokens: 0 };
    const score = rarity(count, statistic.documents) * saturation(1, 1, averageLength(statistic));
    return constantly(run, bits.copy(run.columns.size), score);
  };
}

/** The look-up of a phrase. */
export function phraseLeaf(node: PhraseNode, planning: Planning): number {
  const leaf = leafNumber(planning, phraseSource(node, planning.parameters));
  const sample = planning.samples.get(node.field);
  if (sample) {
    const documents = node.positions.map(({ terms }) => sample.documentsWith(terms[0]!));
    planning.leafCosts.set(leaf, costOfPhrase(documents));
  }
  return leaf;
}

/** A phrase weighs what its words and all their synonyms weigh together; it is taken to occur once. */
export function scoredPhrase(node: PhraseNode, planning: Planning): Plan {
  const { field } = node;
  const leaf = phraseLeaf(node, planning);
  const words = node.positions.flatMap(({ terms }) => leavesOfTerms(field, terms, planning));
  planning.scoredFields.add(field);
  const lengths = needing(planning, lengthColumn(field));
  return inOneStep((run) => {
    const bits = bitsOf(leaf, run);
    const scores = run.scratch.take();
    const statistic = run.statistics.get(field) ?? { documents: 0, tokens: 0 };
    let weight = 0;
    for (const word of words) {
      const documents = documentsIn(run.leaves[word]!);
      if (documents > 0) weight += rarity(documents, statistic.documents);
    }
    const average = averageLength(statistic);
    const length = run.columns.get(lengths);
    bits.each((slot) => {
      scores[slot] = weight * saturation(1, length.get(slot) || 0, average);
    });
    return { bits, scores };
  });
}
