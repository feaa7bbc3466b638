import { expect, it } from 'vitest';
import { parseLucene } from '../parser/lucene.ts';
import { matchesFields } from './match_fields.ts';

const matches = (query: string, name: string) =>
  matchesFields(parseLucene(query, { now: 0, lowercaseOperators: 'strict' }), { name: [name] });

it.each([
  ['name:tea*', true],
  ['name:t?a-office', true],
  ['name:tea-?', false],
  ['name:*office', true],
  ['name:*leaf*', false],
  ['*:* -name:tea*', false],
])('%s matches a few fields: %s', (query, expected) => expect(matches(query, 'tea-office')).toBe(expected));

it('a wildcard of a hundred stars takes no time', () =>
  expect(matches(`name:${'*a'.repeat(100)}*b`, 'a'.repeat(2000))).toBe(false));
