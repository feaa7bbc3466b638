import { beforeAll, describe, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { JsonText } from '../action/declaration.ts';
import { clearEntry, clearIndex, indexEntry } from './entry.ts';
import { clearOrphans, orphanedEntries } from './orphans.ts';
import { type RebuildOptions, rebuildIndex } from './rebuild.ts';
import { countSelected, type Selection, selectionNamed } from './selection.ts';

const datasets = ['hail', 'rain', 'snow', 'wind'];
let portal: TestSite;
beforeAll(async () => {
  portal = await testSite();
  for (const name of ['office', 'bureau']) await portal.must('organization_create', { name });
  for (const name of datasets)
    await portal.must('package_create', { name, owner_org: name === 'wind' ? 'bureau' : 'office' });
  await portal.must('package_create', { name: 'unfinished', owner_org: 'office', state: 'draft' });
});

const found = async (): Promise<string[]> => {
  const { text } = (await portal.must('package_search', { sort: 'name asc' })) as JsonText;
  return (JSON.parse(text) as { results: { name: string }[] }).results.map(({ name }) => name);
};
async function rebuild(selection: Selection, options: Partial<RebuildOptions> = {}) {
  const indexed: string[] = [];
  const failed: string[] = [];
  for await (const step of rebuildIndex(portal.site, { selection, ...options })) {
    indexed.push(...step.indexed.map(({ name }) => name));
    failed.push(...step.failures.map(({ dataset }) => dataset.name));
  }
  return { indexed: indexed.sort(), failed: failed.sort() };
}
const named = async (reference: string) => (await selectionNamed(portal.site, reference))!;
async function all(ids: AsyncIterable<string[]>): Promise<string[]> {
  const list: string[] = [];
  for await (const some of ids) list.push(...some);
  return list;
}

describe('a rebuild', () => {
  it('makes one dataset, a publisher’s, the active, or only the missing ones anew', async () => {
    await clearIndex(portal.site);
    expect(await found()).toEqual([]);
    expect(await countSelected(portal.site, { missing: true })).toBe(5);
    expect(await rebuild(await named('rain'))).toEqual({ indexed: ['rain'], failed: [] });
    expect((await rebuild(await named('office'))).indexed).toEqual(['hail', 'rain', 'snow', 'unfinished']);
    expect((await rebuild({ activeOnly: true, missing: true })).indexed).toEqual(['wind']);
    expect(await found()).toEqual(datasets);
    expect(await rebuild({ missing: true })).toEqual({ indexed: [], failed: [] });
    expect(await selectionNamed(portal.site, 'nobody')).toBeUndefined();
  });

  it('of several transactions at a time leaves what one of one leaves', async () => {
    const before = await indexEntry(portal.site, 'snow');
    expect((await rebuild({}, { commitEach: true, workers: 3 })).indexed).toEqual([
      ...datasets.slice(0, 3),
      'unfinished',
      'wind',
    ]);
    expect(await found()).toEqual(datasets);
    expect(await indexEntry(portal.site, 'snow')).toEqual(before);
  });

  it('finds what was modified since a moment', async () => {
    portal.clock.now += 60_000;
    await portal.must('package_patch', { id: 'rain', title: 'Rain' });
    expect((await rebuild({ modifiedSince: portal.clock.now })).indexed).toEqual(['rain']);
  });

  it('names the dataset that fails, and goes on past it only with force', async () => {
    await portal.site.db.rows(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.name = 'rain' THEN RAISE 'no rain here'; END IF; RETURN NEW; END $$`,
    );
    await portal.site.db.rows(
      'CREATE TRIGGER refuse BEFORE INSERT ON portolan.search_document FOR EACH ROW EXECUTE FUNCTION refuse()',
    );
    expect(await rebuild({}, { force: true })).toEqual({
      indexed: ['hail', 'snow', 'unfinished', 'wind'],
      failed: ['rain'],
    });
    expect((await rebuild({})).failed).toEqual(['rain']);
    expect(await found()).toEqual(datasets);
    await portal.site.db.rows('DROP TRIGGER refuse ON portolan.search_document');
  });
});

describe('a rebuild of what is outdated', () => {
  const versions = async () => {
    const rows = await portal.site.db.rows<{ name: string; version: string }>(
      'SELECT name, d.xmin::text AS version FROM portolan.search_document d ORDER BY name',
    );
    return new Map(rows.map(({ name, version }) => [name, version]));
  };
  /** Names of the entries that it has written. */
  const written = async () => {
    const before = await versions();
    expect((await rebuild({}, { onlyOutdated: true })).failed).toEqual([]);
    return [...(await versions())]
      .filter(([name, version]) => before.get(name) !== version)
      .map(([name]) => name);
  };
  const everything = ['hail', 'rain', 'snow', 'unfinished', 'wind'];
  /** As a restored or copied table has it: no trigger has seen it. */
  const unseen = (statement: string) =>
    portal.site.db.transact(async (tx) => {
      await tx.rows('SET LOCAL session_replication_role = replica');
      await tx.rows(statement);
    });

  it('leaves alone what would be made the same again', async () => {
    await rebuild({});
    portal.clock.now += 60_000;
    expect(await written()).toEqual([]);
    expect((await rebuild({}, { onlyOutdated: true })).indexed).toEqual(everything);
  });

  it.each([
    ['rows', `UPDATE package SET notes = 'Cold' WHERE name = 'snow'`],
    ['the entry', `UPDATE portolan.search_document SET title_string = 'x' WHERE name = 'snow'`],
    [
      'the terms of the entry',
      `UPDATE portolan.search_posting SET terms = 'x'
       WHERE number = (SELECT number FROM portolan.search_document WHERE name = 'snow')`,
    ],
    [
      'the document',
      `UPDATE portolan.dataset_document SET document = '{}'
       WHERE package_id = (SELECT id FROM package WHERE name = 'snow')`,
    ],
  ])('makes anew where %s changed behind everybody’s back', async (_what, statement) => {
    await unseen(statement);
    expect(await written()).toEqual(['snow']);
    expect(await written()).toEqual([]);
  });

  it('makes anew what no relay has come to yet', async () => {
    await portal.site.db.rows(`UPDATE package SET notes = 'Cold and white' WHERE name = 'snow'`);
    expect(await written()).toEqual(['snow']);
    expect((await indexEntry(portal.site, 'snow'))!.fields['notes']).toEqual(['Cold and white']);
    await portal.site.db.rows('DELETE FROM portolan.outbox');
  });

  it('makes everything anew under other settings, or where the terms are gone', async () => {
    portal.set({ 'ckan.site_id': 'elsewhere' });
    expect(await written()).toEqual(everything);
    portal.set({});
    expect(await written()).toEqual(everything);
    await portal.site.db.rows('TRUNCATE portolan.search_term');
    expect(await written()).toEqual(everything);
    expect(await written()).toEqual([]);
  });
});

describe('the index', () => {
  it('is told from the rows: entries without them are orphans, and go', async () => {
    const { packageId: id } = (await indexEntry(portal.site, 'wind'))!;
    // As a restored or copied table has it: no trigger has seen it.
    await portal.site.db.transact(async (tx) => {
      await tx.rows('SET LOCAL session_replication_role = replica');
      await tx.rows(`UPDATE package SET state = 'deleted' WHERE id = $1`, [id]);
    });
    expect(await all(orphanedEntries(portal.site))).toEqual([id]);
    expect(await all(clearOrphans(portal.site))).toEqual([id]);
    expect(await found()).toEqual(['hail', 'rain', 'snow']);
    expect(await all(orphanedEntries(portal.site))).toEqual([]);
  });

  it('loses one dataset by name or id', async () => {
    await clearEntry(portal.site, 'hail');
    await clearEntry(portal.site, (await indexEntry(portal.site, 'snow'))!.packageId);
    await clearEntry(portal.site, 'nobody');
    expect(await found()).toEqual(['rain']);
    expect(await countSelected(portal.site, { activeOnly: true, missing: true })).toBe(2);
  });
});

describe('searches during a rebuild', () => {
  it.each([1, 3])('find everything throughout, with %i transactions at a time', async (workers) => {
    await rebuild({});
    const before = await found();
    const counts: string[][] = [];
    const rebuilding = { done: false };
    const searching = async () => {
      while (!rebuilding.done) counts.push(await found());
    };
    const searches = Promise.all([searching(), searching()]);
    for (let round = 0; round < 5; round++)
      expect((await rebuild({}, { commitEach: true, workers })).failed).toEqual([]);
    rebuilding.done = true;
    await searches;
    expect(counts.length).toBeGreaterThan(0);
    for (const names of counts) expect(names).toEqual(before);
  });

  it('find everything when its sessions die in the middle, and the next one ends what it began', async () => {
    const before = await found();
    await portal.site.db.rows(
      `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.name = 'snow' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$`,
    );
    await portal.site.db.rows(
      'CREATE TRIGGER die BEFORE UPDATE ON portolan.search_document FOR EACH ROW EXECUTE FUNCTION die()',
    );
    await portal.site.db.transact(async (tx) => {
      // As a restored or copied table has it: no trigger has seen it.
      await tx.rows('SET LOCAL session_replication_role = replica');
      await tx.rows(`UPDATE package SET notes = 'Of yesterday' WHERE state = 'active'`);
    });
    const notes = async (name: string) => (await indexEntry(portal.site, name))!.fields['notes'];
    try {
      expect(await rebuild({}, { onlyOutdated: true, commitEach: true, force: true })).toMatchObject({
        failed: ['snow'],
      });
      expect(await found()).toEqual(before);
    } finally {
      await portal.site.db.rows('DROP TRIGGER die ON portolan.search_document');
    }
    expect([await notes('snow'), await notes('rain')]).toEqual([['Cold and white'], ['Of yesterday']]);
    expect((await rebuild({}, { onlyOutdated: true })).failed).toEqual([]);
    expect(await notes('snow')).toEqual(['Of yesterday']);
    expect(await found()).toEqual(before);
  });

  it('find everything while what is held in memory is read anew', async () => {
    const before = await found();
    for (let round = 0; round < 5; round++) {
      await portal.site.db.transact((tx) => portal.site.search.reload(tx));
      for (const names of await Promise.all(Array.from({ length: 8 }, found))) expect(names).toEqual(before);
    }
  });
});

describe('the terms that wildcards are expanded from', () => {
  const terms = async () => {
    const rows = await portal.site.db.rows<{ term: string }>(
      `SELECT field || ' ' || term AS term FROM portolan.search_term WHERE field <> '' ORDER BY 1`,
    );
    return rows.map(({ term }) => term);
  };

  it('are all there again after the table was emptied', async () => {
    const learntAnew = async () => {
      await portal.site.db.rows('TRUNCATE portolan.search_term');
      await rebuild({});
      return terms();
    };
    const learnt = await learntAnew();
    expect(learnt).toContain('text rain');
    expect(await learntAnew()).toEqual(learnt);
  });

  it('are learnt by the next write where a transaction was given up', async () => {
    const [row] = await portal.site.db.rows<{ id: string }>(`SELECT id FROM package WHERE name = 'hail'`);
    const document = { packageId: row!.id, labels: ['public'], fields: { id: [row!.id], title: ['Sleet'] } };
    const givenUp = portal.site.db.transact(async (tx) => {
      await portal.site.search.write(tx, [document]);
      throw new Error('given up');
    });
    await expect(givenUp).rejects.toThrow('given up');
    expect(await terms()).not.toContain('title sleet');
    await portal.site.db.transact((tx) => portal.site.search.write(tx, [document]));
    expect(await terms()).toContain('title sleet');
    await rebuild({});
  });
});
