import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import type { JsonText } from '../action/declaration.ts';
import { Agreement } from './agreement.ts';
import { compareIndex } from './differences.ts';
import { clearIndex, indexEntry } from './entry.ts';
import { indexDrift, reconcileIndex } from './reconcile.ts';

let portal: TestSite;
beforeAll(async () => {
  portal = await testSite();
  await portal.must('organization_create', { name: 'office' });
  await portal.must('vocabulary_create', { name: 'sky', tags: [{ name: 'grey' }] });
  for (const name of ['hail', 'rain', 'snow'])
    await portal.must('package_create', {
      name,
      owner_org: 'office',
      extras: [{ key: 'depth', value: '3' }],
      tags: [{ name: 'wet' }],
      resources: [{ url: 'https://rain.example/a.csv', format: 'CSV' }],
    });
  await portal.must('package_create', { name: 'ice', owner_org: 'office' });
  await portal.must('package_delete', { id: 'ice' });
  await portal.must('package_patch', { id: 'snow', title: 'Snow', private: true });
});

async function drift(): Promise<number> {
  let count = 0;
  for await (const { differences } of compareIndex(portal.site)) count += differences.length;
  return count;
}
/** What rounds before have found is known to the next one, as in a worker. */
const agreement = new Agreement();
const reconcile = () => reconcileIndex(portal.site, async () => true, agreement);
const toCompare = (site = portal.site) => agreement.begin(site, async () => true);
/** As nobody sees it: no trigger notes what it changes. */
const unseen = (statement: string) =>
  portal.site.db.transact(async (tx) => {
    await tx.rows('SET LOCAL session_replication_role = replica');
    await tx.rows(statement);
  });
async function found(): Promise<string[]> {
  const { text } = (await portal.must('package_search', { include_private: true })) as JsonText;
  return (JSON.parse(text) as { results: { name: string }[] }).results.map(({ name }) => name).sort();
}
async function belonging(): Promise<string[]> {
  const rows = await portal.site.db.rows<{ name: string }>(
    `SELECT name FROM package WHERE state = 'active' ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}
async function titleFound(name: string): Promise<unknown> {
  const params = { q: `name:${name}`, include_private: true };
  const { text } = (await portal.must('package_search', params)) as JsonText;
  return (JSON.parse(text) as { results: { title: string }[] }).results[0]?.title;
}

it('finds nothing to heal in what the actions wrote', async () => {
  expect(await drift()).toBe(0);
  await reconcile();
  expect(await indexDrift(portal.site)).toMatchObject({ different: 0, datasets: 4, healed: 0 });
});

it('compares again only what was written since, and all where another form is wanted', async () => {
  await reconcile();
  expect(await toCompare()).toEqual([]);
  await portal.must('package_patch', { id: 'hail', notes: 'Round' });
  expect(await toCompare()).toHaveLength(1);
  // That round was broken off.
  expect(await toCompare()).toHaveLength(1);
  await reconcile();
  expect(await toCompare()).toEqual([]);
  const config = { ...portal.site.config, siteUrl: 'https://another.example' };
  expect(await toCompare({ ...portal.site, config })).toBeUndefined();
  await reconcile();
});

it.each<[what: string, statement: string, different: number]>([
  ['a row', `UPDATE package SET title = 'Unseen' WHERE name = 'rain'`, 1],
  [
    'a child of it',
    `UPDATE resource SET format = 'XML' WHERE package_id IN (SELECT id FROM package WHERE name = 'rain')`,
    1,
  ],
  [
    'a child that is new',
    `INSERT INTO package_extra (id, package_id, key, value, state) SELECT 'x', id, 'a', 'b', 'active' FROM package WHERE name = 'rain'`,
    1,
  ],
  [
    'a relationship',
    `INSERT INTO package_relationship (id, subject_package_id, object_package_id, type, state)
     SELECT 'r', s.id, o.id, 'links_to', 'active' FROM package s, package o WHERE s.name = 'rain' AND o.name = 'hail'`,
    2,
  ],
  ['an organisation', `UPDATE "group" SET name = 'bureau' WHERE name = 'office'`, 4],
  ['a document', `UPDATE portolan.dataset_document SET document = replace(document, 'rain', 'ruin')`, 3],
  ['a document that is gone', 'DELETE FROM portolan.dataset_document', 4],
  ['index entries', `UPDATE portolan.search_document SET labels = '{public}'`, 1],
  ['what entries are found by', `UPDATE portolan.search_posting SET terms = ''`, 3],
  ['what is gone of that', 'DELETE FROM portolan.search_posting', 3],
  [
    'one value of an entry',
    `UPDATE portolan.search_document SET title_string = 'Other' WHERE name = 'snow'`,
    1,
  ],
  ['entries that are gone', `DELETE FROM portolan.search_document WHERE name <> 'rain'`, 2],
  ['a dataset that is gone', `UPDATE package SET state = 'deleted' WHERE name = 'hail'`, 2],
  ['one that is back', `UPDATE package SET state = 'active' WHERE name = 'hail'`, 1],
  [
    'orphans',
    `INSERT INTO portolan.search_document (package_id, tags, groups, res_format, labels, lengths, totals, numbers, fields)
               VALUES ('orphan', '{}', '{}', '{}', '{public}', '{}', '{}', '{}', '{}')`,
    1,
  ],
])('heals %s', async (_what, statement, different) => {
  await reconcile();
  expect(await toCompare()).toEqual([]);
  agreement.end(new Set());
  await unseen(statement);
  expect(await drift()).toBe(different);
  const before = (await indexDrift(portal.site)).healed;
  await reconcile();
  expect(await indexDrift(portal.site)).toMatchObject({ different: 0 });
  expect((await indexDrift(portal.site)).healed).toBeGreaterThan(before);
  expect(await drift()).toBe(0);
  expect(await found()).toEqual(await belonging());
});

it('shows what was healed in searches, and what was changed in the change feed', async () => {
  const { count } = (
    await portal.site.db.rows<{ count: number }>('SELECT count(*) FROM portolan.change_note')
  )[0]!;
  await unseen(`UPDATE package SET title = 'Downpour' WHERE name = 'rain'`);
  await reconcile();
  expect(await titleFound('rain')).toBe('Downpour');
  const after = (
    await portal.site.db.rows<{ count: number }>('SELECT count(*) FROM portolan.change_note')
  )[0]!;
  expect(after.count).toBe(count + 1);
});

it('fills an index that was emptied, and tells sysadmins the number alone', async () => {
  await clearIndex(portal.site);
  expect(await drift()).toBe(3);
  await reconcile();
  expect(await indexEntry(portal.site, 'snow')).toBeDefined();
  const asked = { include_index_drift: true };
  expect(await portal.must('status_show', asked)).toMatchObject({ index_drift: 0 });
  expect(await portal.call('status_show', undefined, asked)).not.toMatchObject({
    result: { index_drift: expect.anything() },
  });
});

it('keeps the number while a dataset cannot be healed, heals the others, and changes nothing in read-only mode', async () => {
  const { db } = portal.site;
  await db.rows(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.name = 'rain' THEN RAISE 'no rain here'; END IF; RETURN NEW; END $$`);
  await db.rows(
    'CREATE TRIGGER refuse BEFORE INSERT ON portolan.search_document FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  await unseen('DELETE FROM portolan.search_document');
  await reconcile();
  expect(await indexDrift(portal.site)).toMatchObject({ different: 1 });
  await db.rows('DROP TRIGGER refuse ON portolan.search_document');
  await db.setReadOnly(true);
  await expect(reconcile()).rejects.toMatchObject({ code: 'readOnly' });
  expect(await drift()).toBe(1);
  await db.setReadOnly(false);
  await reconcile();
  expect(await indexDrift(portal.site)).toMatchObject({ different: 0 });
});
