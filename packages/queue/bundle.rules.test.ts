import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DueRow, messagesFor } from './bundle.rules.ts';

const rows = (count: number, more: Partial<DueRow> = {}): DueRow[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    queue: 'q',
    name: 'a',
    enqueues: 1,
    ...more,
  }));

test('a row is a message whose id tells how often it was handed out', () => {
  expect(messagesFor(rows(1, { enqueues: 3 }), new Map())).toEqual(
    new Map([['q', [{ id: '1-3', name: 'a', ids: [1] }]]]),
  );
});

test('no job is bundled that does not ask for it, and none while there are few rows', () => {
  expect(messagesFor(rows(500), new Map()).get('q')).toHaveLength(500);
  expect(messagesFor(rows(64), new Map([['a', 50]])).get('q')).toHaveLength(64);
});

test('a backlog of a job that may be bundled becomes few messages', () => {
  const messages = messagesFor(rows(500), new Map([['a', 4]])).get('q')!;
  expect(messages).toHaveLength(125);
  expect(messages[1]).toEqual({ id: '5-1-8', name: 'a', ids: [5, 6, 7, 8] });
});

test('every row is in exactly one message of its queue and job, in order', () => {
  const row = fc.record({
    queue: fc.constantFrom('q', 'r'),
    name: fc.constantFrom('a', 'b'),
    enqueues: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), fc.integer({ min: 1, max: 10 }), (parts, size) => {
      const all = parts.map((part, index) => ({ ...part, id: index + 1 }));
      const messages = messagesFor(all, new Map([['a', size]]));
      for (const [queue, list] of messages) {
        expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
        for (const name of ['a', 'b'])
          expect(list.filter((one) => one.name === name).flatMap(({ ids }) => ids)).toEqual(
            all.filter((one) => one.queue === queue && one.name === name).map(({ id }) => id),
          );
      }
    }),
  );
});
