import { fieldOf, isTokenised } from '../../../schema/field_type.ts';
import type { NearTerm } from '../../../vocabulary/nearest_terms.ts';
import { Bits } from '../column/bits.ts';
import { lengthColumn } from '../column/column_spec.ts';
import { exactSource } from '../leaf_source.ts';
import { leafNumber, needing, type Planning, wordLeaf } from '../planning.ts';
import type { Plan } from './match.ts';
import { averageLength, rarity, saturation } from './relevance.ts';
import { inOneStep } from './steps.ts';

/** Documents with any of the terms: each counts by its weight, and all are as rare as the most frequent of them. */
export function scoredFuzzy(field: string, near: readonly NearTerm[], planning: Planning): Plan {
  const { parameters } = planning;
  const tokenised = isTokenised(fieldOf(field).type);
  const leaves = near.map(({ term }) =>
    tokenised
      ? wordLeaf(planning, field, [term], true)
      : leafNumber(planning, exactSource(field, [term], parameters)),
  );
  planning.scoredFields.add(field);
  const lengths = tokenised ? needing(planning, lengthColumn(field)) : undefined;
  return inOneStep((run) => {
    const bits = new Bits(run.columns.size);
    const scores = run.scratch.take();
    const statistic = run.statistics.get(field) ?? { documents: 0, tokens: 0 };
    const average = averageLength(statistic);
    const length = lengths && run.columns.get(lengths);
    const frequencies = run.scratch.take();
    let mostFrequent = 0;
    for (const [at, { weight }] of near.entries()) {
      const found = new Bits(run.columns.size);
      for (const [amount, numbers] of run.leaves[leaves[at]!]!)
        for (let place = 0; place < numbers.length; place++) {
          const slot = run.columns.slotOf(numbers[place]!);
          if (slot < 0) continue;
          found.add(slot);
          frequencies[slot]! += tokenised ? amount : 1;
        }
      mostFrequent = Math.max(mostFrequent, found.count());
      found.each((slot) => {
        bits.add(slot);
        const worth = saturation(frequencies[slot]!, length ? length.get(slot) || 0 : 1, average);
        scores[slot]! += Math.max(0, weight) * worth;
        frequencies[slot] = 0;
      });
    }
    run.scratch.give(frequencies);
    const rare = rarity(mostFrequent, statistic.documents);
    bits.each((slot) => {
      scores[slot]! *= rare;
    });
    return { bits, scores };
  });
}
