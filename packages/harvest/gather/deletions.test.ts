import type { Db } from '@portolan/db';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { addSource } from '../testing/harvest_bench.ts';
import { planDeletions } from './deletions.ts';

const records = 20_000;
const gone = 10;

let db: Db;

beforeAll(async () => {
  ({ db } = await testDatabase());
  await addSource(db, { id: 'large', type: 'listed' });
});

/** Adds records of a job to the source: numbers `from` to `records`. */
const fill = (job: string, from: number, columns: string, values: string) =>
  db.rows(
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, state, ${columns})
     SELECT '${job}-' || n, 'guid-' || n, 'large', '${job}', 'COMPLETE', ${values} FROM generate_series(${from}, ${records}) n`,
  );

it('finds what is gone from a large source though its tables have only just been filled', async () => {
  for (const statement of [
    // As in the minute before their statistics are made, which lasts longer on a busy server.
    'ALTER TABLE harvest_object SET (autovacuum_enabled = false)',
    'ALTER TABLE package SET (autovacuum_enabled = false)',
    `INSERT INTO harvest_job (id, source_id, status, created)
       SELECT id, 'large', 'Running', now() FROM unnest('{before,after}'::text[]) AS id`,
    `INSERT INTO portolan.harvest_job_state (job_id) VALUES ('after') ON CONFLICT DO NOTHING`,
    `INSERT INTO package (id, name, type, state)
       SELECT 'd-' || n, 'd-' || n, 'dataset', CASE n WHEN 1 THEN 'deleted' ELSE 'active' END FROM generate_series(1, ${records}) n`,
  ])
    await db.rows(statement);
  await fill('before', 1, 'current, package_id', `true, 'd-' || n`);
  await fill('after', gone + 1, 'report_status', `'not modified'`);
  const site = { config: { harvestDeleteFloor: 50, harvestDeleteShare: 20 } };
  await db.transact(async (tx) => {
    // Joined row by row this takes minutes.
    await tx.rows(`SET LOCAL statement_timeout = '20s'`);
    await planDeletions(
      tx,
      site,
      { jobId: 'after', sourceId: 'large' },
      new Date().toISOString().slice(0, 23),
      true,
    );
  });
  const deleted = await db.rows<{ guid: string; package_id: string }>(
    `SELECT o.guid, o.package_id FROM harvest_object o JOIN portolan.harvest_work w ON w.object_id = o.id
     WHERE w.job_id = 'after' AND w.action = 'delete' ORDER BY w.position`,
  );
  // The first one's dataset is deleted already.
  expect(deleted.map(({ guid }) => guid).sort()).toEqual(
    Array.from({ length: gone - 1 }, (_, n) => `guid-${n + 2}`).sort(),
  );
  expect(deleted.every(({ guid, package_id }) => package_id === guid.replace('guid', 'd'))).toBe(true);
});

it('of a listing that holds nothing no deletion is believed, however few there would be', async () => {
  await addSource(db, { id: 'small', type: 'listed' });
  for (const statement of [
    `INSERT INTO harvest_job (id, source_id, status, created)
       SELECT id, 'small', 'Running', now() FROM unnest('{full,empty}'::text[]) AS id`,
    `INSERT INTO portolan.harvest_job_state (job_id) VALUES ('empty') ON CONFLICT DO NOTHING`,
    `INSERT INTO package (id, name, type, state) SELECT 's-' || n, 's-' || n, 'dataset', 'active' FROM generate_series(1, 3) n`,
    `INSERT INTO harvest_object (id, guid, harvest_source_id, harvest_job_id, state, current, package_id)
       SELECT 'full-' || n, 'guid-' || n, 'small', 'full', 'COMPLETE', true, 's-' || n FROM generate_series(1, 3) n`,
  ])
    await db.rows(statement);
  const site = { config: { harvestDeleteFloor: 50, harvestDeleteShare: 20 } };
  await db.transact((tx) =>
    planDeletions(
      tx,
      site,
      { jobId: 'empty', sourceId: 'small' },
      new Date().toISOString().slice(0, 23),
      true,
    ),
  );
  expect(
    await db.rows(`SELECT guid FROM portolan.harvest_held_deletion WHERE source_id = 'small' ORDER BY guid`),
  ).toEqual([{ guid: 'guid-1' }, { guid: 'guid-2' }, { guid: 'guid-3' }]);
  expect(await db.rows(`SELECT FROM harvest_object WHERE harvest_job_id = 'empty'`)).toEqual([]);
  expect(await db.rows(`SELECT message FROM harvest_gather_error WHERE harvest_job_id = 'empty'`)).toEqual([
    { message: 'Deletion of 3 of 3 datasets held back' },
  ]);
});
