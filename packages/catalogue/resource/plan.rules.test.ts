import { describe, expect, it } from 'vitest';
import type { StoredResource } from '../dataset/load.ts';
import { planResources } from './plan.rules.ts';

const then = '2020-01-01T00:00:00.5';
const now = '2030-01-01T00:00:00.000001';
const stored = (id: string, position: number, changes: Partial<StoredResource> = {}): StoredResource => ({
  id,
  package_id: 'd',
  url: `http://x.example/${id}`,
  format: 'CSV',
  description: null,
  position,
  hash: '',
  state: 'active',
  extras: '{"odd":1}',
  name: id,
  resource_type: null,
  mimetype: null,
  mimetype_inner: null,
  size: 7,
  last_modified: null,
  cache_url: null,
  cache_last_updated: null,
  created: then,
  url_type: null,
  metadata_modified: then,
  ...changes,
});
const sent = (id: string, changes: Record<string, unknown> = {}) => ({
  id,
  url: `http://x.example/${id}`,
  odd: 1,
  ...changes,
});
const plan = (before: StoredResource[], wanted: Record<string, unknown>[]) => {
  let made = 0;
  return planResources(before, wanted, { packageId: 'd', now, newId: () => `new${made++}` });
};
const both = [stored('a', 0), stored('b', 1)];

describe('the plan of a list of resources', () => {
  it('writes nothing when nothing is new', () => {
    expect(plan(both, [sent('a'), sent('b')])).toEqual({ write: [], remove: [] });
  });

  it('writes one changed resource of many and leaves the others’ times', () => {
    const many = Array.from({ length: 500 }, (_, i) => stored(`r${i}`, i));
    const list = many.map(({ id }) => sent(id, id === 'r250' ? { name: 'changed' } : {}));
    const { write, remove } = plan(many, list);
    expect(write.map(({ id, metadata_modified }) => [id, metadata_modified])).toEqual([['r250', now]]);
    expect(remove).toEqual([]);
  });

  it('moves a resource without saying that it was modified', () => {
    const { write } = plan(both, [sent('b'), sent('a')]);
    expect(write.map(({ id, position, metadata_modified }) => [id, position, metadata_modified])).toEqual([
      ['b', 0, then],
      ['a', 1, then],
    ]);
  });

  it('clears what a client leaves out of some fields, keeps the others and replaces extras', () => {
    const before = stored('a', 0, { description: 'D', mimetype: 'a/b', url_type: 'api' });
    const { write } = plan([before], [{ id: 'a', other: [1] }]);
    expect(write).toEqual([
      {
        ...before,
        url: '',
        description: null,
        mimetype: null,
        extras: '{"other":[1]}',
        metadata_modified: now,
      },
    ]);
  });

  it.each([
    ['the stored moment', '2020-01-01T00:00:00.500000', 0],
    ['another moment', '2019-01-01T00:00:00', 1],
    ['nothing', null, 0],
  ])('takes a resource sent with %s as metadata_modified for changed or not', (_what, moment, changes) => {
    expect(plan([stored('a', 0)], [sent('a', { metadata_modified: moment })]).write).toHaveLength(changes);
  });

  it('makes what has no id, with the defaults of a new resource', () => {
    const { write, remove } = plan([stored('a', 0)], [{ url: 'u' }]);
    expect(remove).toEqual(['a']);
    expect(write).toEqual([
      expect.objectContaining({
        id: 'new0',
        url: 'u',
        format: '',
        hash: '',
        name: null,
        created: now,
        metadata_modified: now,
        position: 0,
        state: 'active',
        extras: '{}',
      }),
    ]);
  });

  it('brings a deleted resource back as it was when it is listed, and does not delete one again', () => {
    const gone = stored('a', 0, { state: 'deleted' });
    expect(plan([gone], [sent('a')]).write).toEqual([{ ...gone, state: 'active' }]);
    expect(plan([gone], [])).toEqual({ write: [], remove: [] });
  });

  it('takes a resource that is listed twice for one, at its last place', () => {
    const { write } = plan(both, [sent('a'), sent('b'), sent('a', { name: 'again' })]);
    expect(write.map(({ id, position, name }) => [id, position, name])).toEqual([['a', 2, 'again']]);
  });

  it('stores only the file name of an upload’s address', () => {
    const address = 'http://site.test/dataset/d/resource/a/download/file.csv';
    const before = stored('a', 0, { url: 'file.csv', url_type: 'upload' });
    expect(plan([before], [sent('a', { url: address, url_type: 'upload' })]).write).toEqual([]);
  });
});
