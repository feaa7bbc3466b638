import type { Tx } from '@portolan/db';

/** Makes work of every open record of a job that is none yet: an operator's SQL, CKAN's own workers, a resumed job. */
export async function reclaimOpenRecords(tx: Tx, jobId: string): Promise<void> {
  await tx.rows(
    `INSERT INTO portolan.harvest_work (object_id, job_id, action)
     SELECT o.id, o.harvest_job_id, CASE WHEN EXISTS (SELECT FROM harvest_object_extra e
              WHERE e.harvest_object_id = o.id AND e.key = 'status' AND e.value = 'delete') THEN 'delete' END
     FROM harvest_object o WHERE o.harvest_job_id = $1 AND o.state NOT IN ('COMPLETE', 'ERROR')
       AND NOT EXISTS (SELECT FROM portolan.harvest_work w WHERE w.object_id = o.id)
     ORDER BY o.gathered, o.id ON CONFLICT DO NOTHING`,
    [jobId],
  );
}
