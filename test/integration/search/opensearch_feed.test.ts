import { Client } from '@opensearch-project/opensearch';
import type { JsonText } from '@portolan/catalogue';
import type { Db } from '@portolan/db';
import { silentLogger as logger, systemRuntime } from '@portolan/kernel';
import {
  type IndexFormat,
  mirroredEngine,
  postgresEngine,
  type Searcher,
  SearchMirror,
} from '@portolan/search';
import { startMirror } from '@portolan/service-worker/mirror';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestSite, testSite } from '../../harness/accounts.ts';
import { startServer } from '../server.ts';

const server = startServer('opensearch', { OPENSEARCH_PORT: '19472' });
afterAll(() => server?.stop());

/** The feed is about any mapping: this one has a version that the tests choose, and finds everything. */
const format = (version: string): IndexFormat => ({
  version,
  body: () => ({
    settings: { number_of_shards: 1, number_of_replicas: 0 },
    mappings: { dynamic: false, properties: { name: { type: 'keyword' } } } as never,
  }),
  source: ({ fields }) => ({ name: fields['name'], title: fields['title'] }),
});

interface Held {
  hits: { hits: { _id: string; _source: { name: string[]; title?: string[] } }[]; total: { value: number } };
}

describe.skipIf(!server)('OpenSearch as a mirror (needs ../shared/servers/opensearch)', () => {
  const alias = `t${systemRuntime.id().replaceAll('-', '').slice(0, 12)}`;
  const client = new Client({
    node: server?.variables['OPENSEARCH_URL'] ?? 'http://localhost:1',
    maxRetries: 0,
    requestTimeout: 5000,
  });
  const searcher: Searcher = {
    async search() {
      const { body } = await client.search({ index: alias, size: 1000, track_total_hits: true } as never);
      const { hits } = body as unknown as Held;
      return {
        count: hits.total.value,
        facets: {},
        hits: hits.hits.map(({ _id, _source }) => ({
          packageId: _id,
          document: JSON.stringify({ name: _source.name[0], title: _source.title?.[0] ?? '' }),
          fields: undefined,
          score: undefined,
        })),
      };
    },
    suggestDatasets: async () => [],
  };
  const mirrorOf = (db: Db, version: string) =>
    new SearchMirror({ db, client, format: format(version), alias, logger });
  const build = (mirror: SearchMirror) => mirror.tend(async () => true);

  let portal: TestSite;
  let mirror: SearchMirror;
  beforeAll(async () => {
    portal = await testSite({}, (db) => {
      mirror = mirrorOf(db, 'one');
      return mirroredEngine({
        tables: postgresEngine(),
        searcher,
        mirror,
        fallback: () => portal.site.config.searchFallback,
        logger,
      });
    });
    await portal.must('organization_create', { name: 'office' });
    for (const name of ['hail', 'rain', 'snow'])
      await portal.must('package_create', { name, owner_org: 'office' });
  });
  afterAll(async () => {
    await client.indices.delete({ index: `${alias}-*` }).catch(() => undefined);
    await client.close();
  });

  /** What a search finds, sorted; and who was asked shows in the titles, which only whole documents have. */
  async function found(): Promise<string[]> {
    const { text } = (await portal.must('package_search', { rows: 1000 })) as JsonText;
    return (JSON.parse(text) as { results: { name: string }[] }).results.map(({ name }) => name).sort();
  }
  async function held(): Promise<Map<string, string>> {
    await client.indices.refresh({ index: alias });
    const { hits } = await searcher.search(portal.site.db, undefined as never);
    return new Map(
      hits.map(({ document }) => {
        const { name, title } = JSON.parse(document!) as { name: string; title: string };
        return [name, title];
      }),
    );
  }
  const status = () => mirror.status();
  const live = async () => (await status()).indices.find(({ state }) => state === 'live')!.name;
  async function differing(): Promise<number> {
    let count = 0;
    for await (const { ids } of mirror.compare()) count += ids.length;
    return count;
  }
  const answering = (unready: string | undefined) =>
    vi.waitFor(async () => expect((await status()).unready).toBe(unready), {
      timeout: 60_000,
      interval: 100,
    });

  describe('without the worker', () => {
    it('is answered by PostgreSQL until an index has been built', async () => {
      expect((await status()).unready).toBe('no index');
      expect(await found()).toEqual(['hail', 'rain', 'snow']);
      await build(mirror);
      await answering(undefined);
      expect((await held()).size).toBe(3);
      expect(await found()).toEqual(['hail', 'rain', 'snow']);
    });

    it('finds at once what was written as the first index was about to answer', async () => {
      await client.indices.delete({ index: await live() });
      const { indices } = client;
      const pointAlias = indices.updateAliases.bind(indices) as unknown as () => Promise<unknown>;
      vi.spyOn(indices, 'updateAliases').mockImplementationOnce((async (...request: []) => {
        await portal.must('package_create', { name: 'frost', owner_org: 'office' });
        return pointAlias(...request);
      }) as never);
      await build(mirror);
      await answering(undefined);
      expect(await found()).toEqual(['frost', 'hail', 'rain', 'snow']);
      await portal.must('package_delete', { id: 'frost' });
    });

    it('finds a write, a change and a removal at once', async () => {
      await portal.must('package_create', { name: 'sleet', owner_org: 'office', title: 'Sleet' });
      expect(await found()).toContain('sleet');
      await portal.must('package_patch', { id: 'sleet', title: 'Soft hail' });
      const { text } = (await portal.must('package_search')) as JsonText;
      expect(text).toContain('Soft hail');
      await portal.must('package_delete', { id: 'sleet' });
      expect(await found()).toEqual(['hail', 'rain', 'snow']);
      expect((await status()).waiting).toBe(0);
    });

    it('answers again only when it finds what it has missed, which the relay delivers and does not refresh', async () => {
      await client.indices.putSettings({
        index: await live(),
        body: { index: { refresh_interval: '-1' } },
      } as never);
      const lost = vi.spyOn(mirror, 'push').mockResolvedValue();
      await portal.must('package_create', { name: 'drizzle', owner_org: 'office' });
      lost.mockRestore();
      mirror.readiness.missed();
      await vi.waitFor(
        async () => {
          await mirror.drain();
          expect((await status()).waiting).toBe(0);
        },
        { timeout: 30_000, interval: 100 },
      );
      mirror.readiness.doubt();
      await answering(undefined);
      expect(await found()).toContain('drizzle');
      await client.indices.putSettings({
        index: await live(),
        body: { index: { refresh_interval: null } },
      } as never);
      await portal.must('package_delete', { id: 'drizzle' });
    });

    it('waits for each of many that write at a time', async () => {
      const names = Array.from({ length: 12 }, (_, number) => `storm-${number}`);
      const seen = await Promise.all(
        names.map(async (name) => {
          await portal.must('package_create', { name, owner_org: 'office' });
          return (await found()).includes(name);
        }),
      );
      expect(seen).toEqual(names.map(() => true));
      await Promise.all(names.map((name) => portal.must('package_delete', { id: name })));
      expect((await held()).size).toBe(3);
    });

    it('is not undone by a late delivery, of a document that was changed or removed since', async () => {
      const { db } = portal.site;
      const [rain] = await db.rows<{ id: string; version: number }>(
        `SELECT package_id AS id, m.version FROM portolan.search_mirror m JOIN package p ON p.id = package_id
         WHERE p.name = 'rain'`,
      );
      const late = async () => {
        const target = { _index: `${await live()}.write`, _id: rain!.id, version: rain!.version };
        await client.bulk({
          refresh: true,
          body: [{ index: { ...target, version_type: 'external_gte' } }, { name: ['rain'], title: ['late'] }],
        } as never);
      };
      await portal.must('package_patch', { id: 'rain', title: 'Rain' });
      await late();
      expect((await held()).get('rain')).toBe('Rain');
      await portal.must('package_delete', { id: 'rain' });
      await late();
      expect([...(await held()).keys()].sort()).toEqual(['hail', 'snow']);
      await portal.must('package_patch', { id: 'rain', state: 'active' });
      expect((await held()).get('rain')).toBe('Rain');
    });

    it('goes on with a build that was broken off, and takes writes meanwhile', async () => {
      const before = await live();
      let steps = 0;
      await mirror.rebuild(async () => ++steps > 1);
      expect((await status()).indices.map(({ state }) => state)).toEqual(['live', 'building']);
      expect(await live()).toBe(before);
      await portal.must('package_patch', { id: 'hail', title: 'Hail' });
      expect((await held()).get('hail')).toBe('Hail');
      await build(mirror);
      expect(await live()).not.toBe(before);
      expect((await held()).get('hail')).toBe('Hail');
      expect(await differing()).toBe(0);
    });

    it('ends a swap that was broken off after the alias', async () => {
      await mirror.rebuild(async () => true);
      const { db } = portal.site;
      // As it stood in between: the alias names the new one, the table the old one.
      await db.rows(`UPDATE portolan.search_mirror_index SET state = 'building' WHERE state = 'live'`);
      await db.rows(`UPDATE portolan.search_mirror_index SET state = 'live' WHERE state = 'previous'`);
      await build(mirror);
      expect((await status()).indices.map(({ state }) => state).sort()).toEqual(['live', 'previous']);
      const { body } = await client.indices.getAlias({ name: alias });
      expect(Object.keys(body)).toEqual([await live()]);
    });

    it('goes back to the index before, brought up to date', async () => {
      const before = await live();
      await mirror.rebuild(async () => true);
      await portal.must('package_patch', { id: 'snow', title: 'New snow' });
      await portal.must('package_create', { name: 'fog', owner_org: 'office' });
      await portal.must('package_delete', { id: 'hail' });
      await mirror.rollBack();
      expect(await live()).toBe(before);
      expect(await held()).toEqual(
        new Map([
          ['fog', 'fog'],
          ['rain', 'Rain'],
          ['snow', 'New snow'],
        ]),
      );
    });

    it('builds an index when the mapping is another, and takes the old one when it is again the old', async () => {
      const before = await live();
      const next = mirrorOf(portal.site.db, 'two');
      expect((await next.status()).unready).toBe('other mapping');
      expect((await status()).unready).toBe(undefined);
      await build(next);
      expect(await live()).toMatch(/-two-\d+$/);
      // A process of the version before, still running, lets it be.
      await build(mirror);
      expect(await live()).toMatch(/-two-\d+$/);
      await expect(next.rollBack()).rejects.toThrow(/another version of the portal/);
      await portal.must('package_patch', { id: 'snow', title: 'Old snow' });
      await build(mirrorOf(portal.site.db, 'one'));
      expect(await live()).toBe(before);
      expect((await held()).get('snow')).toBe('Old snow');
    });

    it('lets one process build at a time', async () => {
      const other = mirrorOf(portal.site.db, 'one');
      await mirror.rebuild(async () => {
        await expect(other.rebuild(async () => true)).rejects.toThrow(/another process/i);
        return true;
      });
    });

    it('is told of a table that was emptied by hand', async () => {
      const { db } = portal.site;
      await db.transact((tx) => tx.rows('TRUNCATE portolan.search_document'));
      await mirror.settle();
      expect((await held()).size).toBe(0);
    });
  });

  describe('with the worker', () => {
    let worker: { close(): Promise<void> };
    beforeAll(async () => {
      const { site } = portal;
      const { catchUpWith } = await import('@portolan/catalogue');
      await site.db.rows(`SELECT portolan.note(array_agg(id)) FROM package`);
      await catchUpWith(
        site,
        (await site.db.rows<{ id: string }>('SELECT id FROM package')).map(({ id }) => id),
      );
      worker = await startMirror({ site, onGate: () => {}, close: async () => {} });
    });
    afterAll(() => worker.close());
    afterEach(() => answering(undefined));

    it('heals what was changed, made and removed in OpenSearch by hand', async () => {
      const [fog] = await portal.site.db.rows<{ id: string }>(`SELECT id FROM package WHERE name = 'fog'`);
      const [snow] = await portal.site.db.rows<{ id: string }>(`SELECT id FROM package WHERE name = 'snow'`);
      const index = await live();
      await client.delete({ index, id: fog!.id });
      await client.update({ index, id: snow!.id, body: { doc: { title: ['vandalised'] } } } as never);
      await client.index({ index, id: 'stray', body: { name: ['stray'] } } as never);
      await vi.waitFor(
        async () =>
          expect(await held()).toEqual(
            new Map([
              ['fog', 'fog'],
              ['rain', 'Rain'],
              ['snow', 'Old snow'],
            ]),
          ),
        { timeout: 60_000, interval: 500 },
      );
      expect(await differing()).toBe(0);
    });

    it('builds an index that was removed, and PostgreSQL answers meanwhile', async () => {
      await client.indices.delete({ index: await live() });
      for (let look = 0; look < 5; look++) expect(await found()).toEqual(['fog', 'rain', 'snow']);
      await vi.waitFor(async () => expect((await held()).size).toBe(3), { timeout: 60_000, interval: 500 });
    });

    it('answers every search, with every dataset, while an index is built and datasets are written', async () => {
      let writing = true;
      let written = 0;
      const counts: number[] = [];
      const writer = (async () => {
        for (; writing; written++)
          await portal.must('package_create', { name: `w-${written}`, owner_org: 'office' });
      })();
      const reader = (async () => {
        while (writing) {
          const least = written + 3;
          const { text } = (await portal.must('package_search', { rows: 0 })) as JsonText;
          counts.push((JSON.parse(text) as { count: number }).count - least);
        }
      })();
      for (let round = 0; round < 3; round++) await mirror.rebuild(async () => true);
      writing = false;
      await Promise.all([writer, reader]);
      expect(counts.length).toBeGreaterThan(5);
      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
      await mirror.settle();
      expect((await held()).size).toBe(written + 3);
      expect(await differing()).toBe(0);
    });

    it('is done without while it is killed, and is caught up with when it is back', async () => {
      server!.act('kill');
      const began = performance.now();
      for (const name of ['dusk', 'dawn', 'noon']) {
        await portal.must('package_create', { name, owner_org: 'office' });
        expect(await found()).toContain(name);
      }
      expect(performance.now() - began).toBeLessThan(20_000);
      expect((await status()).unready).toBe('away');
      expect((await status()).waiting).toBe(3);
      portal.set({ 'portolan.search.fallback': 'error' });
      expect(await portal.call('package_search', undefined)).toMatchObject({ status: 409 });
      portal.set({});
      server!.act('start');
      await answering(undefined);
      await vi.waitFor(async () => expect((await status()).waiting).toBe(0), { timeout: 30_000 });
      expect([...(await held()).keys()]).toEqual(expect.arrayContaining(['dusk', 'dawn', 'noon']));
    });
  });
});
