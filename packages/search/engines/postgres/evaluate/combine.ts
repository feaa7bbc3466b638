import { Bits } from '../column/bits.ts';
import type { Plan } from './match.ts';
import { addScores, clearOutside } from './score.ts';

/** Alternatives of which some have to match: how many, and what they add to a score. */
export interface Alternatives {
  plans: Plan[];
  minimum: number;
}

export const atLeast = (minimum: number, plans: Plan[]): Alternatives => ({ plans, minimum });

/** All of `must`, enough of the alternatives and none of `mustNot`; scores of what matches add up. */
export function allOf(must: Plan[], { plans, minimum }: Alternatives, mustNot: Plan[]): Plan {
  return function* (run) {
    const [first, ...others] = must;
    const match = first ? yield* first(run) : { bits: run.among.copy(run.columns.size), scores: undefined };
    for (const plan of others) {
      const { bits, scores } = yield* plan(run);
      match.bits.keep(bits);
      addScores(match.scores, scores, bits, run);
    }
    if (plans.length > 0) {
      const matched = minimum > 1 ? new Int32Array(run.columns.size) : undefined;
      const any = new Bits(run.columns.size);
      for (const plan of plans) {
        const { bits, scores } = yield* plan(run);
        any.join(bits);
        if (matched) bits.each((slot) => matched[slot]!++);
        if (match.scores) addScores(match.scores, scores, bits, run);
        else match.scores = scores;
      }
      if (minimum > 0) match.bits.keep(any);
      if (matched)
        match.bits.each((slot) => {
          if (matched[slot]! < minimum) match.bits.remove(slot);
        });
    }
    for (const plan of mustNot) match.bits.drop((yield* plan(run)).bits);
    if (match.scores) clearOutside(match.scores, match.bits);
    return match;
  };
}

/** Any of the plans: the best score, and of the others' `tie` times as much. */
export function bestOf(plans: Plan[], tie: number): Plan {
  return function* (run) {
    const bits = new Bits(run.columns.size);
    let sum: Float64Array | undefined;
    let best: Float64Array | undefined;
    for (const plan of plans) {
      const match = yield* plan(run);
      bits.join(match.bits);
      if (!match.scores) continue;
      if (!sum || !best) {
        sum = match.scores;
        best = run.scratch.take();
        best.set(sum);
        continue;
      }
      raise(best, match.scores, match.bits);
      addScores(sum, match.scores, match.bits, run);
    }
    if (sum && best && plans.length > 1) mix(sum, best, tie, bits);
    run.scratch.give(best);
    return { bits, scores: sum };
  };
}

function raise(best: Float64Array, scores: Float64Array, bits: Bits): void {
  bits.each((slot) => {
    if (scores[slot]! > best[slot]!) best[slot] = scores[slot]!;
  });
}

function mix(sum: Float64Array, best: Float64Array, tie: number, bits: Bits): void {
  bits.each((slot) => {
    sum[slot] = tie * sum[slot]! + (1 - tie) * best[slot]!;
  });
}
