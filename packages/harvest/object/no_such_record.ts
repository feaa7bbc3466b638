import type { Tx } from '@portolan/db';
import { addGatherErrors } from '../job/job.repo.ts';
import { deterministicId } from '../text/deterministic_id.ts';
import type { NoSuchRecord } from './import_context.ts';

/**
 * Gives the places up of what turned out to be no record, and tells why among the job's errors: so each counts once in
 * `errored`, as in CKAN, whose gathering reads the documents and makes no object of these.
 */
export async function giveUp(
  tx: Tx,
  job: { jobId: string; created: string },
  given: readonly NoSuchRecord[],
): Promise<void> {
  if (given.length === 0) return;
  await addGatherErrors(
    tx,
    job,
    given.flatMap(({ object, gatherErrors }) =>
      gatherErrors.map((message, index) => ({
        id: deterministicId(job.jobId, object.id, `${index}`),
        message,
      })),
    ),
  );
  // With its work, its extras and what was planned for it.
  await tx.rows(`DELETE FROM harvest_object WHERE id = ANY ($1)`, [given.map(({ object }) => object.id)]);
}
