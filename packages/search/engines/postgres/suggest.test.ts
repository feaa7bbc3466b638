import { expect, it } from 'vitest';
import { testDatabase } from '../../../../test/harness/database.ts';
import { buildIndexDocument } from '../../document/build.ts';
import { postgresEngine } from './engine.ts';

const config = {
  siteId: 'default',
  extraResourceFields: [],
  vocabularies: new Map<string, string>(),
  removeDeleted: true,
  now: 0,
};

it('datasets are suggested by a part of their title, whatever the case of its letters', async () => {
  const { db } = await testDatabase();
  const engine = postgresEngine({ timeout: 5000, costs: { most: 10_000, cheap: 10_000 } });
  const titles = ['Écoles', 'İstanbul', 'Ysgolion Ŵyn', 'écoles, too'];
  const documents = titles.map(
    (title, at) =>
      buildIndexDocument(
        { id: `${at}`, name: `name-${at}`, title, state: 'active', type: 'dataset' },
        [],
        config,
      )!,
  );
  await db.transact((tx) => engine.write(tx, documents).then(() => {}));
  const suggested = async (text: string) =>
    (await engine.suggestDatasets(db, { text, limit: 10, labels: undefined }))
      .map(({ title }) => title)
      .sort();
  expect(await suggested('écol')).toEqual(['Écoles', 'écoles, too']);
  expect(await suggested('ÉCOL')).toEqual(['Écoles', 'écoles, too']);
  expect(await suggested('ista')).toEqual(['İstanbul']);
  expect(await suggested('ŵyn')).toEqual(['Ysgolion Ŵyn']);
});
