import { type JobRun, runGather, runImport } from '@portolan/harvest';
import type { BenchSetting } from './harvest_setting.ts';

/**
 * Has the source as it is after a first harvest, without what that takes: its records are gathered as always, their
 * datasets are plain rows.
 */
export async function pretendImported(setting: BenchSetting, run: JobRun, jobId: string): Promise<void> {
  const { db, harvester } = setting;
  await runGather(harvester, run, jobId);
  for (const statement of [
    `INSERT INTO package (id, name, title, type, state)
       SELECT 'of-' || id, 'of-' || id, 'Pretended', 'dataset', 'active' FROM harvest_object WHERE harvest_job_id = $1`,
    `UPDATE harvest_object SET state = 'COMPLETE', report_status = 'added', current = true, package_id = 'of-' || id
       WHERE harvest_job_id = $1`,
    `DELETE FROM portolan.harvest_work WHERE job_id = $1`,
    // They need not be found.
    `DELETE FROM portolan.outbox WHERE key IN (SELECT 'of-' || id FROM harvest_object WHERE harvest_job_id = $1)`,
  ])
    await db.rows(statement, [jobId]);
  await runImport(harvester, run, jobId); // Finds nothing left, and ends the job.
  for (const table of ['package', 'harvest_object', 'portolan.harvest_object_state'])
    await db.rows(`ANALYZE ${table}`);
}
