import { expect, it } from 'vitest';
import { atOnce, inOneStep } from '../evaluate/steps.ts';
import { type CurrentValue, CurrentValues } from './current_values.ts';

/** Documents stand at the slot of ten times their number; those below zero are gone. */
const columns = { slotOf: (number: number) => (number < 0 ? -1 : number * 10), follow: () => {} };

class Noted implements CurrentValue {
  weight = 100;
  readonly withdrawn: number[] = [];
  withdraw(slots: readonly number[]): void {
    this.withdrawn.push(...slots);
  }
}

function memory() {
  const values = new CurrentValues(columns);
  const made: string[] = [];
  const use = (key: string, isUsable?: () => boolean) => {
    const admitted: number[] = [];
    const make = inOneStep(() => {
      made.push(key);
      return new Noted();
    });
    const admit = inOneStep((_: Noted, slots: number[]) => void admitted.push(...slots));
    const value = atOnce(values.use(key, make, admit, isUsable));
    return { value, admitted };
  };
  return { values, use, made };
}

it('looks at changed documents alone, once', () => {
  const { values, use, made } = memory();
  const { value } = use('a');
  values.changing([1, 2], [10]);
  values.changing([2, 3], [20]);
  expect(value.withdrawn).toEqual([10, 20]);
  expect(use('a')).toEqual({ value, admitted: [10, 20, 30] });
  expect(use('a').admitted).toEqual([]);
  expect(made).toEqual(['a']);
});

it('asks nothing about documents that are gone', () => {
  const { values, use } = memory();
  use('a');
  values.changing([-1, 4], [40]);
  expect(use('a').admitted).toEqual([40]);
});

it('makes anew what is not usable, what too much has changed of, and all after everything changed', () => {
  const { values, use, made } = memory();
  use('a');
  use('a', () => false);
  expect(made).toEqual(['a', 'a']);
  values.changing(
    Array.from({ length: 1001 }, (_, number) => number),
    [],
  );
  use('a');
  expect(made).toHaveLength(3);
  values.restarted();
  use('a');
  expect(made).toHaveLength(4);
});

it('does not keep a value that could not be brought up to date', () => {
  const { values, use, made } = memory();
  use('a');
  values.changing([1], [10]);
  const failing = () =>
    atOnce(
      values.use(
        'a',
        inOneStep(() => new Noted()),
        inOneStep(() => {
          throw new Error('half-way');
        }),
      ),
    );
  expect(failing).toThrow('half-way');
  expect(use('a').admitted).toEqual([]);
  expect(made).toEqual(['a', 'a']);
});

it('does not keep a value that documents changed under before it was whole', () => {
  const { values, use, made } = memory();
  const begun = values.use(
    'a',
    inOneStep(() => new Noted()),
    inOneStep(() => {}),
  );
  begun.next();
  values.changing([1], [10]);
  use('a');
  expect(made).toEqual(['a']);
});
