import { expect, it } from 'vitest';
import { type RemoteCkan, remoteDatasets, remoteNames } from './client.ts';

const all = Array.from({ length: 5 }, (_, at) => `object-${at}`);

/** A portal that gives at most two of anything at a time; `ignored` is a parameter that it does not know. */
const sparing = (ignored?: string): RemoteCkan => ({
  url: 'http://old.test',
  async action<Result>(name: string, params: Record<string, string> = {}): Promise<Result> {
    const known = (key: string) => Number(key === ignored ? 0 : (params[key] ?? 0));
    const from = known('offset') || known('start');
    const some = all.slice(from, from + 2);
    const results = some.map((id) => ({ id }));
    return (name === 'package_search' ? { count: all.length, results } : some) as Result;
  },
  download: async () => undefined,
});

it('asks for organisations until there are no more', async () => {
  expect(await remoteNames(sparing(), 'organization')).toEqual(all);
});

it('ends where a portal gives the same organisations again', async () => {
  expect(await remoteNames(sparing('offset'), 'group')).toEqual(all.slice(0, 2));
});

it('asks for datasets until there are no more', async () => {
  const batches: unknown[] = [];
  for await (const batch of remoteDatasets(sparing())) batches.push(...batch.map(({ id }) => id));
  expect(batches).toEqual(all);
});
