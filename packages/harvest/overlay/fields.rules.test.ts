import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differing, fieldsOf, withFields } from './fields.rules.ts';

const dataset = {
  id: 'd',
  title: 'Trees',
  notes: '',
  tags: [{ name: 'oak' }, { name: 'ash' }],
  extras: [{ key: 'theme', value: 'environment' }],
  resources: [{ id: 'r.1', name: 'All', url: 'http://x.test/a.csv', size: 5 }],
};

it('compares what people edit, and takes an empty text for none', () => {
  const edited = { ...dataset, notes: null, extras: [{ key: 'theme', value: 'health' }] };
  expect(differing(fieldsOf(dataset), fieldsOf(edited))).toEqual(['extras.theme']);
});

it('puts edits back one by one, also into a resource, and leaves the rest', () => {
  const changed = withFields(
    dataset,
    new Map<string, unknown>([
      ['title', 'Trees of the county'],
      ['extras.theme', null],
      ['resources.r.1.name', 'Every tree'],
      ['resources.gone.name', 'No such resource'],
    ]),
  );
  expect(changed).toEqual({
    ...dataset,
    title: 'Trees of the county',
    extras: [],
    resources: [{ id: 'r.1', name: 'Every tree', url: 'http://x.test/a.csv', size: 5 }],
  });
});

it('has any two datasets agree once the fields of the one are laid over the other', () => {
  const some = fc.record({
    title: fc.string({ minLength: 1 }),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{2,5}$/)).map((names) => names.map((name) => ({ name }))),
    extras: fc
      .dictionary(fc.stringMatching(/^[a-z.]{1,6}$/), fc.string())
      .map((values) => Object.entries(values).map(([key, value]) => ({ key, value }))),
  });
  fc.assert(
    fc.property(some, some, (one, other) => {
      const there = fieldsOf(other);
      const edits = differing(fieldsOf(one), there).map((name) => [name, there[name] ?? null] as const);
      expect(differing(fieldsOf(withFields(one, new Map(edits))), there)).toEqual([]);
    }),
  );
});
