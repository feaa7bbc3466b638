import { expect, it } from 'vitest';
import { reuseResourceIds } from './resource_match.rules.ts';

const existing = [
  { id: '1', url: 'http://a/1', name: 'One', format: 'CSV' },
  { id: '2', url: 'http://a/2', name: 'Two', format: 'CSV' },
  { id: '3', url: 'http://a/2', name: 'Two', format: 'PDF' },
];

it('finds a resource by address, title and format, then by less', () => {
  const wanted = [
    { url: 'http://a/2', name: 'Two', format: 'PDF' },
    { url: 'http://a/2', name: 'Renamed', format: 'CSV' },
    { url: 'http://a/1', name: 'One', format: 'XLS' },
    { url: 'http://a/new', name: 'One', format: 'CSV' },
  ];
  expect(reuseResourceIds(wanted, existing).map((resource) => resource['id'])).toEqual([
    '3',
    '2',
    '1',
    undefined,
  ]);
});

it('uses each id once', () => {
  const twice = [{ url: 'http://a/1' }, { url: 'http://a/1' }];
  expect(reuseResourceIds(twice, existing).map((resource) => resource['id'])).toEqual(['1', undefined]);
});

it('empties what the source does not say any more, but of a resource that has an IRI', () => {
  const [known] = reuseResourceIds([{ url: 'http://a/1' }], existing);
  expect(known).toMatchObject({ id: '1', url: 'http://a/1', name: null, format: null });
  const before = [{ id: '1', uri: 'http://a/r', url: 'http://a/1', name: 'One' }];
  const [named] = reuseResourceIds([{ uri: 'http://a/r', url: 'http://a/1' }], before);
  expect(named).toEqual({ id: '1', uri: 'http://a/r', url: 'http://a/1' });
});
