import { beforeAll, expect, it } from 'vitest';
import { type TestSite, testSite } from '../../../test/harness/accounts.ts';
import { purgeDatasets } from './purge.ts';

let test: TestSite;

beforeAll(async () => {
  test = await testSite();
  await test.must('organization_create', { name: 'rivers' });
  await test.must('group_create', { name: 'maps' });
});

it('notes a dataset once, however many tables its rows are in, and others that are changed with it', async () => {
  const { db } = test.site;
  const ids: string[] = [];
  for (const name of ['source', 'mouth', 'kept']) {
    await test.must('package_create', {
      name,
      owner_org: 'rivers',
      groups: [{ name: 'maps' }],
      tags: [{ name: 'water' }],
      extras: [{ key: 'depth', value: '7' }],
      resources: [{ url: 'http://files.test/a.csv' }],
    });
    const [row] = await db.rows<{ id: string }>(`SELECT id FROM package WHERE name = $1`, [name]);
    ids.push(row!.id);
  }
  await test.must('package_relationship_create', { subject: 'kept', object: 'mouth', type: 'depends_on' });
  await db.rows(
    `INSERT INTO harvest_source (id, url, type, active, created) VALUES ('feed', 'http://feed.test/', 'ckan', true, now())`,
  );
  await db.rows(`INSERT INTO harvest_job (id, source_id, status) VALUES ('job', 'feed', 'Finished')`);
  await db.rows(
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, package_id, current, state)
     SELECT 'of ' || id, id, 'feed', 'job', id, true, 'COMPLETE' FROM package WHERE name IN ('source', 'mouth')`,
  );
  const gone = ids.slice(0, 2);
  const noted = await db.transact(async (tx) => {
    await purgeDatasets({ site: test.site, sql: tx }, gone);
    return tx.rows<{ table: string; key: string; n: number }>(
      `SELECT 'change' AS table, key, count(*) AS n FROM portolan.change_note WHERE txid = pg_current_xact_id() GROUP BY key
       UNION ALL SELECT 'outbox', key, count(*) FROM portolan.outbox WHERE txid = pg_current_xact_id() GROUP BY key`,
    );
  });
  for (const table of ['change', 'outbox']) {
    const counts = new Map(noted.filter((one) => one.table === table).map(({ key, n }) => [key, n]));
    expect(counts.get(gone[0]!)).toBe(1);
    expect(counts.get(ids[2]!)).toBe(1);
    // Its relationship is one with a dataset that stays: that is noted with both.
    expect(counts.get(gone[1]!)).toBe(2);
  }
  expect(await db.rows(`SELECT FROM harvest_object`)).toEqual([]);
});

it('leaves later changes of the transaction to be noted', async () => {
  const { db } = test.site;
  const noted = await db.transact(async (tx) => {
    await purgeDatasets({ site: test.site, sql: tx }, ['nobody']);
    await tx.rows(`UPDATE package_extra SET value = '8' WHERE key = 'depth'`);
    return tx.rows(`SELECT FROM portolan.outbox WHERE txid = pg_current_xact_id()`);
  });
  expect(noted).toHaveLength(1);
});
