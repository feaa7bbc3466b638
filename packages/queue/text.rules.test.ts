import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storable, storableJson } from './text.rules.ts';

test('text loses what PostgreSQL refuses, and nothing else', () => {
  expect(storable('a\0b\ud800c é 😀')).toBe('a\ufffdb\ufffdc é 😀');
  expect(storable('x'.repeat(20_000))).toHaveLength(10_001);
});

const circle: Record<string, unknown> = {};
circle['self'] = circle;

test.each([
  [{ a: 1, b: 'é' }, '{"a":1,"b":"é"}'],
  [undefined, null],
  [null, 'null'],
  [{ 'k\0': 'v\0' }, '{"k\\ufffd":"v\ufffd"}'],
  [{ '\ud800': 1 }, '{"\\ufffd":1}'],
  [circle, '"<ref *1> { self: [Circular *1] }"'],
  [{ big: 1n, toString: false }, '"{ big: 1n, toString: false }"'],
  [() => 1, '"[Function (anonymous)]"'],
])('%o is kept as %s', (value, expected) => {
  expect(storableJson(value)).toBe(expected);
});

test('whatever is logged, the JSON parses and holds nothing that jsonb refuses', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withNullPrototype: false, key: fc.string({ unit: 'binary' }) }),
      (value) => {
        const json = storableJson(value);
        if (json === null) return;
        JSON.parse(json);
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(json.isWellFormed()).toBe(true);
      },
    ),
  );
});
