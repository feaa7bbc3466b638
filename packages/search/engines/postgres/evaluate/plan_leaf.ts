import type { BoxOverlapNode } from '../../../ast/box_overlap_node.ts';
import type { LeafNode } from '../../../ast/query_node.ts';
import type { NumberRangeNode } from '../../../ast/range_node.ts';
import { fieldOf, isTokenised } from '../../../schema/field_type.ts';
import { Bits } from '../column/bits.ts';
import { numberColumn, partedColumn, valueColumn } from '../column/column_spec.ts';
import { columnOf } from '../columns.ts';
import { conditionSource, existsSource, numberRangeSource } from '../leaf_source.ts';
import { leafNumber, needing, type Planning } from '../planning.ts';
import type { Plan } from './match.ts';
import { listed, matching } from './matching.ts';
import { planExact } from './plan_exact.ts';
import { scoredFuzzy } from './plan_fuzzy.ts';
import { phraseLeaf, scoredPhrase, scoredTerms, scoredValues } from './plan_scored.ts';
import { planShape } from './plan_shape.ts';
import { constantly } from './score.ts';
import { inOneStep } from './steps.ts';

/** PostgreSQL knows no place in a text beyond it. */
const farthestPlace = 16_383;

const never: Plan = inOneStep((run) => ({ bits: new Bits(run.columns.size), scores: undefined }));

export function planLeaf(node: LeafNode, planning: Planning, scored: boolean): Plan {
  const plan = planParts(node, planning, scored);
  if (!scored) return plan;
  return function* (run) {
    const match = yield* plan(run);
    return match.scores ? match : constantly(run, match.bits, 1);
  };
}

/** Without scores of its own, a match counts 1. */
function planParts(node: LeafNode, planning: Planning, scored: boolean): Plan {
  switch (node.kind) {
    case 'term': {
      const { type } = fieldOf(node.field);
      if (type === 'text_ngram') return planPart(node.field, node.terms[0]!, planning);
      if (isTokenised(type)) return scoredTerms(node.field, node.terms, planning, scored);
      return scored
        ? scoredValues(node.field, node.terms, planning)
        : planExact(node.field, node.terms, planning);
    }
    case 'termSet':
      return planExact(node.field, node.values, planning);
    case 'phrase':
      // The parts of a text are no words, so they never stand side by side.
      if (fieldOf(node.field).type === 'text_ngram') return never;
      if (node.positions.at(-1)!.offset > farthestPlace) return never;
      return scored ? scoredPhrase(node, planning) : listed(phraseLeaf(node, planning));
    case 'exists':
      return planExists(node.field, planning);
    case 'pattern':
    case 'regularExpression':
    case 'termRange':
      return planShape(node, planning);
    case 'fuzzy': {
      const near = planning.expansions.near.get(node) ?? [];
      if (near.length === 0) return never;
      if (scored) return scoredFuzzy(node.field, near, planning);
      const terms = near.map(({ term }) => term);
      if (!isTokenised(fieldOf(node.field).type)) return planExact(node.field, terms, planning);
      return scoredTerms(node.field, terms, planning, false);
    }
    case 'numberRange':
      return planNumberRange(node, planning);
    case 'boxOverlap':
      return planBox(node, planning, scored);
  }
}

function planExists(field: string, planning: Planning): Plan {
  const values = valueColumn(field);
  if (values) {
    const column = needing(planning, values);
    return function* (run) {
      const coded = run.columns.get(column);
      return yield* matching(run, (slot) => !coded.isEmpty(slot));
    };
  }
  const own = columnOf(field);
  const source = own
    ? conditionSource(`${own.sql} IS NOT NULL`)
    : existsSource(field.replace(/^(name|title)_ngram$/, '$1'), planning.parameters);
  return listed(leafNumber(planning, source));
}

const shortestPart = 2;
const longestPart = 10;

// `*_ngram` fields hold every part of two to ten characters of the whole text.
function planPart(field: string, text: string, planning: Planning): Plan {
  const length = Array.from(text).length;
  if (length < shortestPart || length > longestPart) return never;
  const column = needing(planning, partedColumn(field));
  return function* (run) {
    const texts = run.columns.get(column);
    return yield* matching(run, (slot) => {
      planning.effort.spend(1);
      return texts.get(slot)?.includes(text) ?? false;
    });
  };
}

function planNumberRange(node: NumberRangeNode, planning: Planning): Plan {
  const spec = numberColumn(node.field);
  if (!spec) return listed(leafNumber(planning, numberRangeSource(node, planning.parameters)));
  const column = needing(planning, spec);
  const { lower, upper } = node;
  const least = lower?.value ?? -Infinity;
  const most = upper?.value ?? Infinity;
  return function* (run) {
    const numbers = run.columns.get(column);
    return yield* matching(run, (slot) => {
      const value = numbers.get(slot);
      // A missing value, NaN, is in no range.
      return (
        (lower?.inclusive === false ? value > least : value >= least) &&
        (upper?.inclusive === false ? value < most : value <= most)
      );
    });
  };
}

function planBox({ box }: BoxOverlapNode, planning: Planning, scored: boolean): Plan {
  const columns = ['minx', 'miny', 'maxx', 'maxy'].map((field) => needing(planning, numberColumn(field)!));
  const area = (box.east - box.west) * (box.north - box.south);
  return function* (run) {
    const [minx, miny, maxx, maxy] = columns.map((column) => run.columns.get(column));
    const scores = scored ? run.scratch.take() : undefined;
    const match = yield* matching(run, (slot) => {
      const [west, south, east, north] = [minx!.get(slot), miny!.get(slot), maxx!.get(slot), maxy!.get(slot)];
      const overlap =
        Math.max(0, Math.min(box.east, east) - Math.max(box.west, west)) *
        Math.max(0, Math.min(box.north, north) - Math.max(box.south, south));
      const ratio = (2 * overlap) / (area + (east - west) * (north - south));
      if (!(ratio > 0 && ratio <= 1)) return false;
      if (scores) scores[slot] = ratio;
      return true;
    });
    return { ...match, scores };
  };
}
