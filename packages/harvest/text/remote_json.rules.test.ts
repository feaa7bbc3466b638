import { describe, expect, it } from 'vitest';
import { costOfJson } from './json_cost.rules.ts';
import { parseRemoteJson } from './remote_json.rules.ts';

const all = () => false;

describe('what parsing a JSON text will make', () => {
  it.each<[what: string, text: string, opened: number, values: number, layouts: number]>([
    ['nothing', '', 0, 0, 0],
    ['no object', '"a"', 0, 0, 0],
    ['objects that are alike once', '[{"a":1,"b":2},{"a":3,"b":4}]', 3, 3, 2],
    ['the same keys in another order anew', '[{"a":1,"b":2},{"b":1,"a":2}]', 3, 3, 4],
    ['objects inside others by themselves', '{"a":{"a":{"a":1}},"b":{"a":1}}', 4, 1, 2],
    [
      'what stands behind an object with those before it',
      '[{"a":{"x":1},"b":1},{"a":{"x":2},"b":1}]',
      5,
      3,
      3,
    ],
    ['keys however far their colons are', '{"a" \n:1}', 1, 0, 1],
    ['no text that looks like an object', '["{\\"a\\":[1,2]}"]', 1, 0, 0],
    ['no text that is a value', '{"a":"b","c":"d"}', 1, 1, 2],
    ['a text that breaks off', '{"a":{"b', 2, 0, 1],
    ['more that is closed than opened', '}]}{"a":1}', 1, 0, 1],
  ])('counts %s', (_, text, opened, values, layouts) => {
    expect(costOfJson(text, all)).toEqual({ opened, values, layouts });
  });

  it('counts as many layouts as there are, or hardly fewer', () => {
    const count = 100_000;
    const own = `[${Array.from({ length: count }, (_, n) => `{"k${n}":1}`).join(',')}]`;
    const { layouts } = costOfJson(own, all);
    expect(layouts).toBeLessThanOrEqual(count);
    expect(layouts).toBeGreaterThan(0.9 * count);
  });
});

it('refuses a text for what it would take, and reads one that is as long and takes less', () => {
  const records = (key: (n: number) => string) =>
    `[${Array.from({ length: 700_000 }, (_, n) => `{"${key(n)}":1}`).join(',')}]`;
  expect(() => parseRemoteJson(records((n) => `k${String(n).padStart(6, '0')}`))).toThrow(
    'The document would take more than 400 MB of memory to read',
  );
  expect(parseRemoteJson(records(() => 'k000000'))).toHaveLength(700_000);
});
