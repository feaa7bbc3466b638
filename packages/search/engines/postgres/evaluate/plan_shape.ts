import { fieldOf, isTokenised } from '../../../schema/field_type.ts';
import { type ShapeNode, shapeTest } from '../../../vocabulary/shape.ts';
import { Bits } from '../column/bits.ts';
import { facetColumn, wholeColumn } from '../column/column_spec.ts';
import { existsSource, shapeSource } from '../leaf_source.ts';
import { leafNumber, needing, type Planning } from '../planning.ts';
import type { Plan } from './match.ts';
import { listed, listedWithRest, matching } from './matching.ts';
import { inOneStep } from './steps.ts';

/** Documents with a term of some shape: of text fields the terms were found before, other values are looked at. */
export function planShape(node: ShapeNode, planning: Planning): Plan {
  const { field } = node;
  if (isTokenised(fieldOf(field).type)) return planTerms(node, planning);
  const { effort } = planning;
  const test = shapeTest(node);
  const fits = (value: string) => {
    effort.spend(testWorth + value.length);
    return test(value);
  };
  const whole = wholeColumn(field);
  if (whole) {
    const column = needing(planning, whole);
    return function* (run) {
      const texts = run.columns.get(column);
      return yield* matching(run, (slot) => {
        const value = texts.get(slot);
        return value !== undefined && fits(value);
      });
    };
  }
  const column = needing(planning, facetColumn(field));
  return function* (run) {
    const coded = run.columns.get(column);
    const known = new Uint8Array(coded.values.length);
    return yield* matching(run, (slot) =>
      coded.some(slot, (code) => {
        known[code] ||= fits(coded.values[code]!) ? yes : no;
        return known[code] === yes;
      }),
    );
  };
}

const yes = 1;
const no = 2;

/** What a look at a value is worth, in steps of an automaton. */
const testWorth = 3;

function planTerms(node: ShapeNode, planning: Planning): Plan {
  const { field } = node;
  const { parameters, rests } = planning;
  const lookup = planning.expansions.shapes.get(node);
  if (!lookup || (lookup.beginnings.length === 0 && lookup.groups.length === 0))
    return inOneStep(({ columns }) => ({ bits: new Bits(columns.size), scores: undefined }));
  const source = shapeSource(field, lookup, parameters);
  if (!lookup.looksAtRest) return listed(leafNumber(planning, source, JSON.stringify(node)));
  const covered = leafNumber(planning, source);
  const all = leafNumber(planning, existsSource(field, parameters));
  return listedWithRest(covered, rests.push({ field, all, covered, fits: shapeTest(node) }) - 1);
}
