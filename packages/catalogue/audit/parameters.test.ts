import { expect, it } from 'vitest';
import { namedIn, parametersHash } from './parameters.rules.ts';

it('tells nothing of a secret, wherever it stands', () => {
  const hash = parametersHash({ name: 'ann', password: 'one', nested: [{ api_token: 'x' }] });
  expect(parametersHash({ name: 'ann', password: 'two', nested: [{ api_token: 'y' }] })).toBe(hash);
  expect(parametersHash({ name: 'bob', password: 'one', nested: [{ api_token: 'x' }] })).not.toBe(hash);
  expect(parametersHash({ name: 'ann', nested: [{ api_token: 'x' }] })).not.toBe(hash);
});

it('finds what parameters name, and leaves out what no row can hold', () => {
  expect(namedIn({ id: 'a', name: 'b', package_id: 5, user: ['c'], owner_org: 'd\0', title: 'e' })).toEqual([
    'a',
    'b',
  ]);
  expect(namedIn({ source_id: 'a', job_id: 'b', harvest_object_id: 'c' })).toEqual(['a', 'b', 'c']);
});
