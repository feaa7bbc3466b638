import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const preparation = /\.prepared(?:<[^()]*?>)?\(\s*'([^']+)'/g;

// A session refuses a second text under the name of another, and only once it has seen both.
it('names every prepared statement once', () => {
  const places = new Map<string, string[]>();
  for (const source of globSync('{packages,services}/**/*.ts', {
    exclude: ['**/node_modules/**', '**/*.test.ts'],
  }))
    for (const [, name = ''] of readFileSync(source, 'utf8').matchAll(preparation))
      places.set(name, [...(places.get(name) ?? []), source]);
  expect(places.size).toBeGreaterThan(100);
  expect([...places].filter(([, sources]) => sources.length > 1)).toEqual([]);
});
