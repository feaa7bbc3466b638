import { expect, it } from 'vitest';
import { nearestFields } from './nearest_fields.ts';

const known = [
  'title',
  'title_string',
  'notes',
  'tags',
  'theme-primary',
  'extras_theme-primary',
  'res_format',
];

it.each([
  ['titel', ['title']],
  ['Tags', ['tags']],
  ['theme_primary', ['theme-primary']],
  ['format', ['res_format']],
  ['theme', ['extras_theme-primary', 'theme-primary']],
  ['x', []],
  ['nothing-like-any', []],
])('who writes %s may have meant %j', (name, meant) => {
  expect(nearestFields(name, known)).toEqual(meant);
});
