import { expect, it } from 'vitest';
import { testDatabase } from '../../../test/harness/database.ts';
import { addObjectErrors } from '../object/object.repo.ts';
import { addSource, harvestBench, startJob } from '../testing/harvest_bench.ts';
import { listedDriver } from '../testing/listed_driver.ts';
import { findJob } from './job.repo.ts';
import { jobReport } from './report.ts';

it('tells what is wrong with a record in the order in which it was found', async () => {
  const { db } = await testDatabase();
  const bench = harvestBench(db, [listedDriver({ records: [{ guid: 'a' }], pageSize: 1, complete: true })]);
  await addSource(db, { id: 'told', type: 'listed' });
  const job = await startJob(bench.site, 'told');
  await bench.drain();
  const [record] = await db.rows<{ id: string }>(`SELECT id FROM harvest_object WHERE harvest_job_id = $1`, [
    job,
  ]);
  const messages = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
  const problems = messages.map((message) => ({ message, stage: 'Validation' as const }));
  const at = { now: '2026-01-01T00:00:00', newId: bench.site.runtime.id };
  await db.transact((tx) => addObjectErrors(tx, at, [{ id: record!.id, problems }]));
  const { object_errors: told } = await jobReport(db, (await findJob(db, job))!);
  expect(told[record!.id]?.errors.map(({ message }) => message)).toEqual(messages);
});
