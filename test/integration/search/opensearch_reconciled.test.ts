import { Client } from '@opensearch-project/opensearch';
import { silentLogger as logger, systemRuntime } from '@portolan/kernel';
import { type IndexFormat, mirroredEngine, postgresEngine, SearchMirror } from '@portolan/search';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TestSite, testSite } from '../../harness/accounts.ts';
import { startServer } from '../server.ts';

const server = startServer('opensearch', { OPENSEARCH_PORT: '19474' });
afterAll(() => server?.stop());

const names = ['dew', 'fog', 'hail', 'ice', 'mist', 'rain', 'sleet', 'snow'];

describe.skipIf(!server).each([1, 2])(
  'OpenSearch compared by what changed, %i shard(s) (needs ../shared/servers/opensearch)',
  (shards) => {
    const alias = `t${systemRuntime.id().replaceAll('-', '').slice(0, 12)}`;
    const body = {
      settings: { number_of_shards: shards, number_of_replicas: 0 },
      mappings: { dynamic: false, properties: { name: { type: 'keyword' } } } as never,
    };
    const format: IndexFormat = {
      version: 'one',
      body: () => body,
      source: ({ fields }) => ({ name: fields['name'], title: fields['title'] }),
    };
    const client = new Client({
      node: server?.variables['OPENSEARCH_URL'] ?? 'http://localhost:1',
      maxRetries: 0,
      requestTimeout: 10_000,
    });
    let portal: TestSite;
    let mirror: SearchMirror;
    let index: string;

    beforeAll(async () => {
      portal = await testSite({}, (db) => {
        mirror = new SearchMirror({ db, client, format, alias, logger });
        return mirroredEngine({
          tables: postgresEngine(),
          searcher: { search: () => Promise.reject(new Error('not asked')), suggestDatasets: async () => [] },
          mirror,
          fallback: () => portal.site.config.searchFallback,
          logger,
        });
      });
      await portal.must('organization_create', { name: 'office' });
      for (const name of names) await portal.must('package_create', { name, owner_org: 'office' });
      await mirror.tend(async () => true);
      index = (await live()).name;
      await reconcile();
    });
    afterAll(async () => {
      await client.indices.delete({ index: `${alias}-*` }).catch(() => undefined);
      await client.close();
    });

    const live = async () => (await mirror.status()).indices.find(({ state }) => state === 'live')!;
    const reconcile = () => mirror.reconcile(async () => true);
    async function idOf(name: string): Promise<string> {
      const [row] = await portal.site.db.rows<{ id: string }>('SELECT id FROM package WHERE name = $1', [
        name,
      ]);
      return row!.id;
    }
    /** No trigger notes what it changes. */
    const unseen = (...statements: string[]) =>
      portal.site.db.transact(async (tx) => {
        await tx.rows('SET LOCAL session_replication_role = replica');
        for (const statement of statements) await tx.rows(statement);
      });
    async function heldIds(): Promise<string[]> {
      await client.indices.refresh({ index });
      const found = await client.search({ index, size: 1000 } as never);
      const { hits } = (found.body as unknown as { hits: { hits: { _id: string }[] } }).hits;
      return hits.map(({ _id }) => _id).sort();
    }
    async function tableIds(): Promise<string[]> {
      const rows = await portal.site.db.rows<{ id: string }>(
        'SELECT package_id AS id FROM portolan.search_document',
      );
      return rows.map(({ id }) => id).sort();
    }
    async function differing(): Promise<number> {
      let count = 0;
      for await (const { ids } of mirror.compare()) count += ids.length;
      return count;
    }
    async function expectHealed(): Promise<void> {
      expect(await heldIds()).toEqual(await tableIds());
      expect(await differing()).toBe(0);
      expect(await live()).toMatchObject({ different: 0 });
    }
    const asked = () => ({
      mget: vi.spyOn(client, 'mget'),
      search: vi.spyOn(client, 'search'),
      scroll: vi.spyOn(client, 'scroll'),
    });
    beforeEach(() => void vi.restoreAllMocks());

    it('asks for no document while nothing happens', async () => {
      await mirror.settle();
      await reconcile();
      const { mget, search, scroll } = asked();
      const before = (await live()).compared!;
      await reconcile();
      expect([mget, search, scroll].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
      expect((await live()).compared!.getTime()).toBeGreaterThan(before.getTime());
    });

    it('asks for what the portal itself wrote once, and looks no further', async () => {
      await portal.must('package_patch', { id: 'rain', title: 'Rain' });
      await portal.must('package_create', { name: 'dust', owner_org: 'office' });
      await portal.must('package_delete', { id: 'dust' });
      await mirror.settle();
      const { healed } = await live();
      const { mget, scroll } = asked();
      await reconcile();
      expect(scroll).not.toHaveBeenCalled();
      const looked = mget.mock.calls.flatMap(
        ([request]) => (request as { body: { ids: string[] } }).body.ids,
      );
      expect(looked.filter((id) => !names.includes(id)).length).toBeLessThanOrEqual(2);
      expect((await live()).healed).toBe(healed);
      mget.mockClear();
      await reconcile();
      expect(mget).not.toHaveBeenCalled();
    });

    const insert = (id: string) => `INSERT INTO portolan.search_document
      (package_id, tags, groups, res_format, labels, lengths, totals, numbers, fields)
      VALUES ('${id}', '{}', '{}', '{}', '{public}', '{}', '{}', '{}', '{"name": ["${id}"]}')`;
    const remove = (id: string) => [
      `DELETE FROM portolan.search_document WHERE package_id = '${id}'`,
      `DELETE FROM portolan.search_mirror WHERE package_id = '${id}'`,
    ];
    it.each<[what: string, fault: () => Promise<unknown>, isCounted?: boolean]>([
      [
        'a document that was changed by hand',
        async () =>
          client.update({ index, id: await idOf('snow'), body: { doc: { title: ['spoilt'] } } } as never),
      ],
      [
        'one that was replaced by hand',
        async () => client.index({ index, id: await idOf('snow'), body: { name: ['spoilt'] } } as never),
      ],
      [
        'one that was added by hand',
        () => client.index({ index, id: 'stray', body: { name: ['stray'] } } as never),
      ],
      ['one that was removed by hand', async () => client.delete({ index, id: await idOf('hail') }), true],
      [
        'as many removed as added by hand',
        async () => {
          await client.delete({ index, id: await idOf('hail') });
          await client.index({ index, id: 'stray', body: { name: ['stray'] } } as never);
        },
        true,
      ],
      [
        'one of a version that the portal has not reached',
        async () =>
          client.index({
            index,
            id: await idOf('fog'),
            version: 1_000_000_000,
            version_type: 'external',
            body: { name: ['spoilt'] },
          } as never),
      ],
      ['a row that was added unseen', () => unseen(insert('unseen'))],
      ['rows that were removed unseen', () => unseen(...remove('unseen')), true],
      [
        'a row that was removed unseen, noted as told',
        async () => unseen(`DELETE FROM portolan.search_document WHERE package_id = '${await idOf('ice')}'`),
      ],
      [
        'versions that were changed unseen',
        () => unseen('UPDATE portolan.search_mirror SET version = version + 1000'),
      ],
      [
        'as many rows removed as added unseen',
        async () => unseen(...remove(await idOf('sleet')), insert('other')),
        true,
      ],
      [
        'all documents removed by hand',
        () => client.deleteByQuery({ index, body: { query: { match_all: {} } } }),
        true,
      ],
      [
        'an index made anew, empty, under the same name',
        async () => {
          await client.indices.delete({ index });
          await client.indices.create({
            index,
            body: { ...body, aliases: { [`${index}.write`]: {}, [alias]: {} } },
          });
        },
        true,
      ],
    ])('heals %s, in one round', async (_what, fault, isCounted = false) => {
      await reconcile();
      const { healed } = await live();
      await fault();
      const { scroll } = asked();
      await reconcile();
      if (!isCounted) expect(scroll).not.toHaveBeenCalled();
      await expectHealed();
      expect((await live()).healed).toBeGreaterThan(healed);
    });

    it('heals nothing that is only being written, and what was spoilt meanwhile', async () => {
      await reconcile();
      const { healed } = await live();
      let writing = true;
      const writers = [0, 1, 2].map(async (writer) => {
        for (let number = 0; writing; number++) {
          const name = `w-${writer}-${number}`;
          await portal.must('package_create', { name, owner_org: 'office' });
          await portal.must('package_patch', { id: 'rain', title: name });
          if (number % 2 === 0) await portal.must('package_delete', { id: name });
        }
      });
      for (let round = 0; round < 5; round++) await reconcile();
      expect((await live()).healed).toBe(healed);
      await client.update({ index, id: await idOf('snow'), body: { doc: { title: ['spoilt'] } } } as never);
      await reconcile();
      expect((await live()).healed).toBe(healed + 1);
      await client.delete({ index, id: await idOf('fog') });
      writing = false;
      await Promise.all(writers);
      await mirror.settle();
      await reconcile();
      expect((await live()).healed).toBe(healed + 2);
      await expectHealed();
    });

    it('compares everything once for a document that OpenSearch refuses, and still finds what was removed', async () => {
      await client.indices.putMapping({ index, body: { properties: { title: { type: 'date' } } } } as never);
      // Titles are dates from now on: what is no date is refused.
      await portal.must('package_patch', { id: 'mist', title: 'no date' });
      await portal.must('package_create', { name: 'haze', owner_org: 'office', title: 'no date either' });
      await mirror.settle();
      for (let round = 0; round < 3; round++) await reconcile();
      const { scroll } = asked();
      await reconcile();
      expect(scroll).not.toHaveBeenCalled();
      const [gone] = await heldIds();
      await client.delete({ index, id: gone! });
      await reconcile();
      expect(scroll).toHaveBeenCalled();
    });
  },
);
